using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace StatsGraph.Tests.Printing;

/// <summary>A PDF as poppler reads it: another program than the one that wrote it.</summary>
internal sealed partial record PdfText(string Text, string Info, string Fonts)
{
    /// <summary>Number of pages.</summary>
    public int Pages => int.Parse(PageCount().Match(Info).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>The text of each page.</summary>
    public IReadOnlyList<string> EachPage => Text.Split('\f', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The text with every run of blanks and line ends as one blank, so that what was wrapped can be found.</summary>
    public string Flowing => Blanks().Replace(Text, " ");

    /// <summary>Reads a file. Without poppler the test is skipped, on a build server it fails.</summary>
    public static async Task<PdfText> ReadAsync(byte[] pdf)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf, TestContext.Current.CancellationToken);
            return new PdfText(await RunAsync("pdftotext", "-layout", file, "-"), await RunAsync("pdfinfo", file), await RunAsync("pdffonts", file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var path = $"/usr/bin/{program}";
        if (!File.Exists(path))
        {
            var reason = $"{path} is not installed (Debian package poppler-utils)";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", reason);
            Assert.Fail(reason);
        }

        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await errors);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    [GeneratedRegex(@"^Pages:\s+([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex PageCount();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
