using StatsGraph.Schedules.Deliveries;

namespace StatsGraph.Configuration;

/// <summary>Reads settings that nobody is shown: each is a text, or a file whose name has the ending <c>File</c>.</summary>
internal static class SecretReader
{
    /// <summary>The secret; null where there is none.</summary>
    /// <exception cref="CommandException">Both are there.</exception>
    public static Secret? Read(CommandHost host, SettingsSection section, string key) => (section.Text(key), section.Text(key + "File")) switch
    {
        ({ } text, null) => Secret.Of(text),
        (null, { } path) => Secret.In(Path.GetFullPath(path, host.WorkingFolder)),
        (null, null) => null,
        _ => throw section.Wrong(key + "File", $"cannot be together with '{key}'; expected one of them"),
    };
}
