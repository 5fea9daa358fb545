namespace StatsGraph.Schedules.Deliveries;

/// <summary>A text that nobody is shown: given itself, or in a file that is read each time, so that it can be changed while a server runs.</summary>
public sealed class Secret
{
    /// <summary>Most bytes of a file.</summary>
    private const int LongestFile = 4096;

    private const string Hidden = "***";

    private readonly string? text;
    private readonly string? file;

    private Secret(string? text, string? file) => (this.text, this.file) = (text, file);

    /// <summary>The secret itself.</summary>
    public static Secret Of(string text) => new(text, null);

    /// <summary>A file that holds it, and nothing but white space around it.</summary>
    /// <param name="path">Absolute path.</param>
    public static Secret In(string path) => new(null, path);

    /// <summary>The secret.</summary>
    /// <exception cref="ScheduleException">The file cannot be read or is empty; the message names it.</exception>
    public string Read()
    {
        if (text is not null)
            return text;
        try
        {
            var content = new FileInfo(file!).Length <= LongestFile ? File.ReadAllText(file!).Trim() : "";
            return content.Length > 0 ? content : throw new ScheduleException($"{file}: holds no secret; expected it on one line");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ScheduleException($"{file}: {failure.Message}", failure);
        }
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => Hidden;

    /// <summary>A text of somebody else's, such as a server's answer, in which a secret could stand.</summary>
    internal static string Redact(string text, string? secret)
        => string.IsNullOrEmpty(secret) ? text : text.Replace(secret, Hidden, StringComparison.Ordinal);
}
