using StatsGraph.Printing;

namespace StatsGraph.Tests.Printing;

/// <summary>A font of a Debian package, and the one that the program carries.</summary>
internal static class SomeFonts
{
    /// <summary>Chinese, Japanese and more.</summary>
    public static string Droid
    {
        get
        {
            const string Path = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf";
            if (!File.Exists(Path))
            {
                const string Reason = $"{Path} is not installed (Debian package fonts-droid-fallback)";
                Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", Reason);
                Assert.Fail(Reason);
            }

            return Path;
        }
    }

    /// <summary>The font that the program carries, as a file.</summary>
    public static byte[] Carried()
    {
        using var resource = typeof(PrintFonts).Assembly.GetManifestResourceStream("regular.ttf")!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
