using System.Globalization;

namespace StatsGraph.Demo;

/// <summary>The demo's listeners. Each has an address, a player and a favourite mount, and comes back; a few come very often.</summary>
internal sealed class DemoAudience
{
    private const int Size = 11_000;

    private readonly Listener[] listeners;

    public DemoAudience(DemoRandom random)
        => listeners = [.. Enumerable.Range(0, Size).Select(_ => NewListener(random))];

    /// <summary>One who listens.</summary>
    /// <param name="Address">IPv4 or IPv6.</param>
    /// <param name="Player">What it listens with.</param>
    /// <param name="Page">Page that it starts the stream from; <c>-</c> for none.</param>
    /// <param name="Mount">The stream it prefers.</param>
    public sealed record Listener(string Address, DemoStation.Player Player, string Page, DemoStation.Mount Mount);

    /// <summary>Somebody; those at the beginning of the list are the regulars.</summary>
    public Listener Pick(DemoRandom random)
    {
        var first = random.Below(Size);
        return listeners[random.PerMille(600) ? (int)((long)first * random.Below(Size) / Size) : first];
    }

    private static Listener NewListener(DemoRandom random)
    {
        var player = DemoStation.Players[random.Weighted([.. DemoStation.Players.Select(player => player.Weight)])];
        var page = player.InBrowser ? DemoStation.Pages[random.Weighted([.. DemoStation.Pages.Select(page => page.Weight)])].Page : "-";
        var mount = DemoStation.Mounts[random.Weighted([.. DemoStation.Mounts.Select(mount => mount.Weight)])];
        return new Listener(NewAddress(random), player, page, mount);
    }

    private static string NewAddress(DemoRandom random)
    {
        var region = DemoNetworks.All[random.Weighted([.. DemoNetworks.All.Select(region => region.Weight)])];
        return region.V6 is not null && random.PerMille(300)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{region.V6}:{random.Between(1, 0xffff):x}:{random.Between(1, 0xffff):x}:{random.Between(1, 0xffff):x}"
                + $":{random.Between(1, 0xffff):x}:{random.Between(1, 0xffff):x}")
            : string.Create(CultureInfo.InvariantCulture, $"{region.V4[random.Below(region.V4.Length)]}.{random.Between(1, 254)}");
    }
}
