using System.Net;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Remote;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>One sending of logs to a server, with progress on a terminal.</summary>
internal sealed class ObservedSending(CommandHost host)
{
    private const string StandardInput = "-";

    /// <summary>Address of the server.</summary>
    public required Uri Url { get; init; }

    /// <summary>Token for the server; null for none.</summary>
    public required string? Token { get; init; }

    /// <summary>Key of the site that the logs belong to.</summary>
    public required string Site { get; init; }

    /// <summary>Have the server compare only, and write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Every file is a playlist, whatever it looks like.</summary>
    public bool OnlyPlays { get; init; }

    /// <summary>Show no progress.</summary>
    public bool Quiet { get; init; }

    /// <summary>The address in a text; null where it is none that logs can be sent to.</summary>
    public static Uri? Address(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.UserInfo.Length + url.Query.Length + url.Fragment.Length == 0 ? url : null;

    /// <summary>Sends the logs. Relative paths start from the host's working folder.</summary>
    public IngestSummary Execute(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        if (Token is not null && Url.Scheme == Uri.UriSchemeHttp && !IsThisMachine(Url))
        {
            host.Error.WriteLine(ErrorLine.Of($"warning: {Url} is not https: whoever is on the way can read the token and the logs"));
        }

        using var remote = new RemoteIngest(new RemoteOptions
        {
            Url = Url,
            Site = Site,
            Token = Token,
            DryRun = DryRun,
            OnlyPlays = OnlyPlays,
            Tell = line => host.Error.WriteLine(ErrorLine.Of(line)),
            Clock = host.Clock,
        });
        IReadOnlyList<string> logs = [.. paths.Select(path => path == StandardInput ? path : host.Located(path))];
        return host.DrawsProgress && !Quiet
            ? IngestProgressBar.Show(host.Error, progress => remote.Run(logs, host.OpenInput, progress, cancellation))
            : remote.Run(logs, host.OpenInput, progress: null, cancellation);
    }

    private static bool IsThisMachine(Uri url)
        => url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
