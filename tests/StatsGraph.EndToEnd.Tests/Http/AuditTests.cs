using System.ComponentModel;
using System.Diagnostics;

namespace StatsGraph.EndToEnd.Tests.Http;

/// <summary>The audit that comes with the npm package graphql-http, written by the authors of GraphQL over HTTP, on the built server.</summary>
public sealed class AuditTests
{
    /// <summary>Cases of the audit: what a server must, should and may do.</summary>
    private const int Cases = 61;

    [Fact]
    public async Task The_server_does_all_that_graphql_over_http_says_it_must_should_or_may_do()
    {
        using var folder = new TemporaryFolder();
        if (await RunAsync(folder, "npm", "--version") is null)
        {
            const string Missing = "npm is not installed";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", Missing);
            Assert.Fail(Missing);
        }

        foreach (var file in new[] { ".npmrc", "audit.mjs", "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(Repository.Folder("tests/StatsGraph.EndToEnd.Tests/Http"), file), folder[file]);
        }

        await RunAsync(folder, "npm", "ci", "--ignore-scripts", "--prefer-offline");
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        var home = await ServeTests.AddressAsync(server);
        var audit = await RunAsync(folder, "node", "audit.mjs", new Uri(home, "graphql").ToString());
        await server.TerminateAsync();
        var told = audit!.TrimEnd('\n').Split('\n');
        Assert.DoesNotContain(told, line => !line.StartsWith("ok ", StringComparison.Ordinal));
        Assert.Equal(Cases, told.Length);
    }

    /// <summary>What a program prints, or null where there is none of that name. One that fails fails the test.</summary>
    private static async Task<string?> RunAsync(TemporaryFolder folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return null;
        }

        using (process)
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await error}");
            return output;
        }
    }
}
