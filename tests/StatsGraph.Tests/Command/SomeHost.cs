namespace StatsGraph.Tests.Command;

/// <summary>Makes what the command has from its process, for tests.</summary>
internal static class SomeHost
{
    /// <summary>A host whose output is lost, in a folder, with an environment.</summary>
    public static CommandHost In(string folder, params (string Name, string Value)[] environment) => new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        OpenInput = () => Stream.Null,
        DrawsProgress = false,
        Environment = environment.ToDictionary(variable => variable.Name, variable => variable.Value),
        WorkingFolder = folder,
        Clock = TimeProvider.System,
    };
}
