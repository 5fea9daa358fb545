namespace StatsGraph.Demo;

/// <summary>
/// Where the demo's listeners are: for each country a weight, networks of large access providers (/24) and, where there is one, an IPv6 network (/48).
/// The host part of every address is made up.
/// </summary>
internal static class DemoNetworks
{
    /// <summary>Networks of a country and how much of the audience is there.</summary>
    /// <param name="Country">ISO 3166-1 alpha-2; <c>--</c> for the studio's own network, which cannot be placed.</param>
    /// <param name="Weight">Part of the audience, in no particular unit.</param>
    /// <param name="V4">First three numbers of /24 networks.</param>
    /// <param name="V6">First three groups of a /48 network; null for none.</param>
    public sealed record Region(string Country, int Weight, string[] V4, string? V6);

    /// <summary>All regions.</summary>
    public static readonly IReadOnlyList<Region> All =
    [
        new("DE", 560, ["79.192.10", "84.150.20", "87.140.30", "91.10.40", "93.200.50", "178.8.60", "188.96.70", "77.20.80", "109.90.90"], "2003:c0:10"),
        new("AT", 80, ["62.46.10", "80.108.20", "178.190.30"], "2001:871:200"),
        new("CH", 70, ["85.2.10", "178.194.20", "77.56.30"], "2a02:1210:2000"),
        new("NL", 40, ["77.160.10", "84.80.20"], "2a02:a440:100"),
        new("FR", 30, ["90.10.10", "82.64.20"], "2a01:cb04:100"),
        new("GB", 34, ["81.140.10", "86.150.20", "92.20.30"], "2a00:23c4:100"),
        new("US", 60, ["73.20.10", "24.20.30", "98.110.20", "68.100.40", "76.90.50"], "2601:601:100"),
        new("CA", 12, ["99.230.10", "70.30.20"], "2607:fea8:100"),
        new("ES", 16, ["80.30.10", "83.40.20"], "2a02:9130:80"),
        new("IT", 16, ["79.10.10", "87.10.20"], null),
        new("PL", 14, ["83.10.10"], "2a01:11cf:100"),
        new("CZ", 10, ["89.176.10"], "2a00:1028:100"),
        new("DK", 10, ["80.165.10"], null),
        new("SE", 9, ["81.230.10"], "2001:2043:100"),
        new("NO", 6, ["84.210.10"], "2a01:799:100"),
        new("FI", 5, ["85.78.10"], "2001:14ba:100"),
        new("BE", 8, ["81.242.10"], "2a02:a03f:100"),
        new("LU", 6, ["85.93.200"], null),
        new("PT", 5, ["85.245.10"], null),
        new("IE", 4, ["86.45.10"], null),
        new("GR", 4, ["79.130.10"], null),
        new("TR", 5, ["85.100.10"], null),
        new("HU", 4, ["78.92.10"], null),
        new("RO", 4, ["86.120.10"], "2a02:2f0a:100"),
        new("HR", 3, ["78.0.10"], null),
        new("BR", 6, ["177.80.10", "189.40.20"], "2804:14c:100"),
        new("MX", 3, ["187.140.10"], "2806:2f0:100"),
        new("JP", 5, ["153.130.10", "126.20.20"], "2400:4050:100"),
        new("AU", 6, ["120.150.10", "58.170.20"], "2001:8003:1000"),
        new("NZ", 2, ["122.58.10"], "2406:e002:100"),
        new("ZA", 3, ["105.225.10"], null),
        new("IN", 4, ["49.36.10"], "2409:4042:100"),
        new("--", 3, ["192.168.1"], null),
    ];
}
