using StatsGraph.Benchmarks.Measuring;
using StatsGraph.Benchmarks.Rivals;
using static System.FormattableString;

namespace StatsGraph.Benchmarks.Claims;

/// <summary>
/// How long one client waits for an answer that nobody kept, over HTTP, for many different values of the parameters; and how long DuckDB takes for
/// the same figure straight from the lake, which has to come out the same.
/// </summary>
internal static class Answers
{
    /// <summary>Values that are asked for beforehand.</summary>
    private const int WarmUps = 3;

    /// <summary>Asks all questions, in each case one after the other.</summary>
    public static void Run(Workbench bench)
    {
        var lake = bench.Year;
        using var server = ServedProcess.Ready(bench, lake.Data, keepsAnswers: false);
        using var asker = new Asker(server.GraphQL);
        using var rival = new LakeRival(bench.At(lake.Data), YearLake.Site, YearLake.Zone, bench.At("scratch"));
        Console.WriteLine(Invariant($"\nanswers: milliseconds of {bench.Settings.Values} different values each, 1 client, no answer kept"));
        Console.WriteLine("                                            p50      p95    limit                DuckDB");
        foreach (var answerCase in AnswerCases.All(lake, asker))
            Measure(bench, answerCase, asker, rival);
        Console.WriteLine(Invariant($"  memory of the server: {server.PeakBytes / 1e6:0} MB at most"));
    }

    private static void Measure(Workbench bench, AnswerCase answerCase, Asker asker, LakeRival rival)
    {
        var values = bench.Settings.Values;
        for (var number = 0; number < Math.Min(WarmUps, values); number++)
            Question.Report(asker.Ask(answerCase.Question.Text, answerCase.Variables(values - 1 - number)));
        var replies = Enumerable.Range(0, values).Select(number => asker.Ask(answerCase.Question.Text, answerCase.Variables(number))).ToList();
        foreach (var reply in replies)
            Question.Report(reply);

        var ours = new Latencies(replies.Select(reply => reply.Milliseconds));
        var p95 = ours.Percentile(95);
        var text = Invariant($"  {answerCase.Name,-36} {ours.Percentile(50),8:0.0} {p95,8:0.0} {answerCase.Limit,8:0}  {(p95 < answerCase.Limit ? "ok" : "OVER"),-4}");
        if (answerCase.Times is { } times)
        {
            var theirs = Theirs(bench, answerCase, replies, rival);
            var ratio = theirs / ours.Percentile(50);
            var verdict = times == 0 ? "" : ratio >= times ? Invariant($", {times} claimed: ok") : Invariant($", {times} claimed: UNDER");
            text += Invariant($"  {theirs,12:0.0}, {ratio:0} times{verdict}");
        }

        Console.WriteLine(text);
    }

    /// <summary>Median time of the rival, whose figures are compared with the answers.</summary>
    private static double Theirs(Workbench bench, AnswerCase answerCase, List<Reply> replies, LakeRival rival)
    {
        var times = new List<double>();
        foreach (var reply in replies.Take(bench.Settings.Rounds))
        {
            var report = Question.Report(reply);
            var (milliseconds, rows) = rival.Compute(answerCase.Question.Name, Question.From(report), Question.To(report));
            times.Add(milliseconds);
            if (FigureRow.Difference(answerCase.Question.Rows(report), rows) is { } difference)
                bench.Complain(Invariant($"{answerCase.Name} from {Question.From(report):O}: {difference}"));
        }

        return new Latencies(times).Percentile(50);
    }
}
