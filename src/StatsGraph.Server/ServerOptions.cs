using System.Net;
using Microsoft.Extensions.Logging;
using StatsGraph.Compliance;
using StatsGraph.Printing;
using StatsGraph.Schedules;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Edge;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Server;

/// <summary>How the server listens and what it allows.</summary>
public sealed record ServerOptions
{
    /// <summary>Addresses to listen on, parted by semicolons; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Path that comes before all others, for example <c>/stats</c>; empty for none.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>
    /// Names that clients may call the server by, beside those of this machine itself (localhost, 127.0.0.1 and [::1]).
    /// Empty: only those while it listens on loopback addresses alone and either is behind no proxy or open to all who reach it, else any name.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// Origins whose pages may ask and read answers in a browser, such as <c>https://radio.example.org</c>; <c>*</c> for all; empty for none but
    /// the server's own.
    /// </summary>
    public IReadOnlyList<string> Cors { get; init; } = [];

    /// <summary>Which cards of the dashboard pages of other sites may frame.</summary>
    public EmbedOptions Embed { get; init; } = new();

    /// <summary>What one GraphQL request may ask for.</summary>
    public GraphQLLimits Limits { get; init; } = new();

    /// <summary>What subscriptions may take.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>Bytes of answers that are kept for whoever asks the same again; 0 keeps none.</summary>
    public long AnswerCacheBytes { get; init; } = 64 << 20;

    /// <summary>
    /// What caches on the way may do with the answer to a GET, as <c>Cache-Control</c> says it. The default lets a client keep it and ask
    /// whether it still holds.
    /// </summary>
    public string CacheControl { get; init; } = "private, no-cache";

    /// <summary>
    /// Whether answers tell how they were computed to those who ask for that. Null: only while it listens on loopback addresses alone and is
    /// behind no proxy.
    /// </summary>
    public bool? Explain { get; init; }

    /// <summary>
    /// Whether documents may ask for <c>__schema</c> and <c>__type</c>. The schema itself is no secret: it can be downloaded either way.
    /// </summary>
    public bool Introspection { get; init; } = true;

    /// <summary>Folder of documents, <c>NAME.graphql</c> each, that are saved beside those of the program or in place of them; null for none.</summary>
    public string? QueriesFolder { get; init; }

    /// <summary>Whether saved documents are answered and no others.</summary>
    public bool TrustedDocumentsOnly { get; init; }

    /// <summary>
    /// Whether the server asks for tokens. Null: unless it listens on loopback addresses alone, is behind no proxy, is not <see cref="Public"/>
    /// and has no token.
    /// </summary>
    public AccessMode? Access { get; init; }

    /// <summary>The data folder whose tokens hold; null for no tokens.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Profiles and channels of compliance reports; those that were issued are in <see cref="DataFolder"/>.</summary>
    public ComplianceOptions Compliance { get; init; } = new();

    /// <summary>The paper of printed compliance reports; null for that of those whom a report is for.</summary>
    public PaperFormat? Paper { get; init; }

    /// <summary>The fonts that pages are printed in.</summary>
    public PrintFonts Fonts { get; init; } = PrintFonts.Carried;

    /// <summary>Schedules, of which the API and the metrics tell; null for none. Running them is left to others.</summary>
    public ScheduleBook? Schedules { get; init; }

    /// <summary>Whether everybody may read all sites; for more, a token is needed.</summary>
    public bool Public { get; init; }

    /// <summary>Keys of sites that everybody may read.</summary>
    public IReadOnlyList<string> PublicSites { get; init; } = [];

    /// <summary>
    /// Proxies that are believed whom they pass requests on for: the client's address, and the scheme, host and path that it asked by. Nobody else
    /// is, not even this machine.
    /// </summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Whether requests come through proxies that are trusted.</summary>
    public bool BehindProxies => Proxies.Count > 0;

    /// <summary>Where the certificate of the https addresses is; null where there are none.</summary>
    public CertificateFiles? Certificate { get; init; }

    /// <summary>Days for which a browser that came by https is to come by https alone; 0 says nothing of it.</summary>
    public int HstsDays { get; init; } = 30;

    /// <summary>How much a caller may ask for, where tokens are asked for.</summary>
    public CallerLimits CallerLimits { get; init; } = new();

    /// <summary>Tells which tokens have expired.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Least important messages that are logged, to standard error.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>What the server tells of itself, and to whom.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Whether answers tell how they were computed.</summary>
    /// <exception cref="FormatException">An address to listen on is none.</exception>
    internal bool AllowsExplain => Explain ?? (LoopbackOnly && !BehindProxies);

    /// <summary>Whether only this machine can reach all of the addresses.</summary>
    /// <exception cref="FormatException">One is none.</exception>
    internal bool LoopbackOnly => EachUrl.ToList().ConvertAll(ListenAddress.IsLoopback).TrueForAll(loopback => loopback);

    /// <summary>The addresses one by one.</summary>
    internal IEnumerable<string> EachUrl => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
