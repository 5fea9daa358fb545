using System.Text.Json;

namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>Several processes import the same and different logs at once while a server answers.</summary>
public sealed class ManyAtOnceTests
{
    private const int Lines = 8_000;

    private const string Question = """
        {
          site(key: "default") {
            intake { lines blank classes { class lines } }
            report(period: { month: "2026-10" }) {
              totals { sessions tuningHours }
              timeSeries(interval: DAY) { buckets { metrics { sessions tuningHours } } }
            }
          }
        }
        """;

    [Fact]
    public async Task Every_answer_on_the_way_adds_up_and_grows_and_the_last_is_that_of_a_clean_import()
    {
        using var folder = new TemporaryFolder();
        var log = CrashLog.Lines(2 * Lines);
        var middle = log.IndexOf('\n', log.Length / 2) + 1;
        folder.Write("a.log", log[..middle]);
        folder.Write("b.log", log[middle..]);
        folder.Write("whole.log", log);
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "-"], SomeLog.Sessions(1));

        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "http://127.0.0.1:0"]);
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        string[][] runs = [["a.log"], ["b.log", "a.log"], ["a.log", "b.log"], ["whole.log"]];
        var ingests = Task.WhenAll(runs.Select(
            logs => StatsGraphProcess.RunAsync(folder, ["ingest", "--json", .. logs], "", ("STATSGRAPH_Ingest__LinesPerCommit", "100"))));
        var (last, answers) = (new Totals(0, 0, 0), new HashSet<long>());
        while (!ingests.IsCompleted)
        {
            last = Next(last, await Answers.AskAsync(client, Question));
            answers.Add(last.Lines);
        }

        var results = await ingests;
        Assert.All(results, result => Assert.Equal((0, ""), (result.ExitStatus, result.Error)));
        Assert.True(answers.Count > 2, "the imports ended before the server could be asked");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (last.Lines < 1 + results.Sum(New))
        {
            await Task.Delay(50, deadline.Token);
            last = Next(last, await Answers.AskAsync(client, Question));
        }

        Assert.Equal(last.Lines, 1 + results.Sum(New));
        await server.TerminateAsync();

        Assert.Empty(Leftovers.In(folder["data"]));
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["verify"])).ExitStatus);
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--data", "clean", "-"], SomeLog.Sessions(1));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--data", "clean", "whole.log"]);
        Assert.Equal(await Answers.OfAsync(folder, "clean"), await Answers.OfAsync(folder, "data"));
    }

    private static long New(CommandResult result)
        => result.Json.GetProperty("blank").GetInt64() + result.Json.GetProperty("classes").EnumerateObject().Sum(count => count.Value.GetInt64());

    /// <summary>An answer is of one version: it adds up within itself, and nothing that was in the one before is gone.</summary>
    private static Totals Next(Totals before, JsonElement answer)
    {
        Assert.False(answer.TryGetProperty("errors", out var errors), $"{errors}");
        var site = answer.GetProperty("data").GetProperty("site");
        var (intake, report) = (site.GetProperty("intake"), site.GetProperty("report"));
        var classes = intake.GetProperty("classes").EnumerateArray().ToDictionary(
            count => count.GetProperty("class").GetString()!, count => count.GetProperty("lines").GetInt64());
        var days = report.GetProperty("timeSeries").GetProperty("buckets").EnumerateArray().Select(bucket => bucket.GetProperty("metrics")).ToList();
        var totals = report.GetProperty("totals");
        var next = new Totals(intake.GetProperty("lines").GetInt64(), totals.GetProperty("sessions").GetInt64(),
            totals.GetProperty("tuningHours").GetDouble());
        Assert.Equal(next.Lines, intake.GetProperty("blank").GetInt64() + classes.Values.Sum());
        Assert.Equal(next.Sessions, classes["LISTENER"]);
        Assert.Equal(next.Sessions, days.Sum(day => day.GetProperty("sessions").GetInt64()));
        Assert.Equal(next.TuningHours, days.Sum(day => day.GetProperty("tuningHours").GetDouble()), tolerance: 1e-6);
        Assert.True(next.Lines >= before.Lines && next.Sessions >= before.Sessions && next.TuningHours >= before.TuningHours,
            $"{before} became {next}");
        return next;
    }

    private sealed record Totals(long Lines, long Sessions, double TuningHours);
}
