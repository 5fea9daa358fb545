using System.Text;

namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>
/// A log with lines of many classes, whose answers do not depend on the secret key of the lake they are in: at most one line is rejected for
/// each reason.
/// </summary>
public static class CrashLog
{
    /// <summary>Lines of a few mounts, errors, bots and equal lines among them, and one that is rejected.</summary>
    public static string Lines(int count)
    {
        var text = new StringBuilder("no access log line\n");
        for (var index = 1; index < count; index++)
        {
            text.Append(Line(index));
        }

        return text.ToString();
    }

    private static string Line(int index)
    {
        var session = SomeLog.Session(index - (index % 7 == 0 ? 1 : 0), $"/mount-{index % 3}.mp3", secondsApart: 20);
        return (index % 11) switch
        {
            3 => session.Replace("\" 200 ", "\" 404 ", StringComparison.Ordinal),
            5 => session.Replace("VLC/", "Googlebot/", StringComparison.Ordinal),
            _ => session,
        };
    }
}
