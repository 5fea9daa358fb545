using StatsGraph.Configuration;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>
/// Follows the logs that sites configure, beside a server. Whatever goes wrong with that is told and tried again; it never ends the server.
/// </summary>
internal sealed class SiteFollows(CommandHost host, Settings settings)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Follows until it is told to stop, and has then committed what was read.</summary>
    public Task UntilStoppedAsync(CancellationToken stop)
        => Task.WhenAll(settings.Sites.Where(site => site.Value.Logs.Count > 0).Select(site => FollowAsync(site.Key, site.Value.Logs, stop)));

    private async Task FollowAsync(string site, IReadOnlyList<string> logs, CancellationToken stop)
    {
        string? told = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var summary = await new ObservedFollow(host, settings) { Site = site }.UntilStoppedAsync(logs, stop);
                foreach (var problem in summary.Problems)
                {
                    await host.Error.WriteLineAsync(ErrorLine.Of($"{problem.Log}: {problem.Message}"));
                }
            }
            catch (Exception failure)
            {
                var message = $"the logs of site {site} are not followed for now: {failure.Message}";
                if (message != told)
                {
                    await host.Error.WriteLineAsync(ErrorLine.Of(told = message));
                }

                await Task.Delay(Pause, host.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
