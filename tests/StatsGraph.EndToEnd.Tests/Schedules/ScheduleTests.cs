using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using StatsGraph.Tests.Some;

namespace StatsGraph.EndToEnd.Tests.Schedules;

/// <summary>Scheduled runs of the command as a process: killed in the middle, and to a webhook by https.</summary>
public sealed class ScheduleTests
{
    private static readonly string[] Run = ["schedule", "run", "--now", "hours"];

    [Fact]
    public async Task A_run_that_is_killed_while_it_delivers_is_taken_over_and_delivers_once_to_who_tells_by_the_id()
    {
        using var folder = new TemporaryFolder();
        using var hook = new HookListener(holds: true);
        await PrepareAsync(folder, hook.Address);
        using (var first = StatsGraphProcess.Start(folder, Run))
        {
            await ServeTests.UntilAsync(() => Task.FromResult(hook.Requests.Count == 1));
            await first.KillAsync();
        }

        hook.Answer();
        var early = await StatsGraphProcess.RunAsync(folder, ["schedule", "run"]);
        Assert.Equal((0, "Runs made: 0; deliveries made: 0.\n", ""), (early.ExitStatus, early.Output, early.Error));
        PassLease(folder);
        var second = await StatsGraphProcess.RunAsync(folder, ["schedule", "run"]);
        Assert.Equal((0, "Runs made: 0; deliveries made: 1.\n"), (second.ExitStatus, second.Output));

        var (before, after) = (hook.Requests.First(), hook.Requests.Last());
        Assert.Equal(2, hook.Requests.Count);
        Assert.Equal(before.Id, after.Id);
        Assert.Equal(before.Body.ToString(), after.Body.ToString());
        var third = await StatsGraphProcess.RunAsync(folder, ["schedule", "run"]);
        Assert.Equal((0, "Runs made: 0; deliveries made: 0.\n", ""), (third.ExitStatus, third.Output, third.Error));
        Assert.Single(Directory.GetFiles(folder["data/issued/default/US-ATH"], "*.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_webhook_by_https_gets_nothing_until_the_machine_trusts_its_certificate()
    {
        using var folder = new TemporaryFolder();
        using var authority = new SomeCertificate();
        using var certificate = X509Certificate2.CreateFromPem(authority.Chain, authority.Key);
        using var hook = new HookListener(certificate);
        await PrepareAsync(folder, hook.Address);
        folder.Write("roots.pem", authority.Roots);

        var refused = await StatsGraphProcess.RunAsync(folder, Run);
        var origin = hook.Address[..^"/hook".Length];
        Assert.Equal((1, $"webhook {origin}: retrying\n"), (refused.ExitStatus, refused.Output));
        Assert.Contains("certificate is invalid because of errors in the certificate chain", refused.Error, StringComparison.Ordinal);
        Assert.Empty(hook.Requests);

        var trusted = await StatsGraphProcess.RunAsync(folder, Run, "", ("SSL_CERT_FILE", folder["roots.pem"]));
        Assert.Equal((0, $"webhook {origin}: delivered\n"), (trusted.ExitStatus, trusted.Output));
        Assert.Equal("hours", Assert.Single(hook.Requests).Body.GetProperty("data").GetProperty("schedule").GetString());
    }

    private static async Task PrepareAsync(TemporaryFolder folder, string webhook)
    {
        // The report is of the month before, whenever the test runs.
        var end = DateTime.UtcNow.AddMonths(-1).ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
        folder.Write("access.log", $"81.2.69.160 - - [{end} +0000] \"GET /live.mp3 HTTP/1.1\" 200 960000 \"-\" \"VLC/3.0.20 LibVLC/3.0.20\" 60\n");
        folder.Write("appsettings.json", $$"""
            {
              "Sites": { "default": { "Name": "Some Radio" } },
              "Schedules": {
                "hours": {
                  "Cron": "0 6 1 * *", "Site": "default", "Report": "US-ATH", "Formats": ["json"],
                  "To": { "Webhook": "{{webhook}}", "WebhookSecret": "0123456789abcdef0123456789abcdef" }
                }
              }
            }
            """);
        var ingested = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        Assert.True(ingested.ExitStatus == 0, ingested.Error);
    }

    /// <summary>Lets the time pass for which a run is its maker's alone.</summary>
    private static void PassLease(TemporaryFolder folder)
    {
        var step = Path.Combine(Directory.GetDirectories(folder["data/schedules/hours"]).Single(), "0001.json");
        var json = JsonNode.Parse(File.ReadAllText(step))!;
        json["leaseUntil"] = DateTimeOffset.UtcNow.AddSeconds(-1).ToString("O", CultureInfo.InvariantCulture);
        File.WriteAllText(step, json.ToJsonString());
    }
}
