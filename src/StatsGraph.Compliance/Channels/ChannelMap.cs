namespace StatsGraph.Compliance.Channels;

/// <summary>Which mounts of a site are one channel. A mount that no group names is a channel of its own, so that the channels are all of the site.</summary>
public sealed class ChannelMap
{
    private readonly IReadOnlyList<Channel> groups;

    private ChannelMap(IReadOnlyList<Channel> groups) => this.groups = groups;

    /// <summary>Every mount is a channel.</summary>
    public static ChannelMap EachMount { get; } = new([]);

    /// <summary>The groups, heard or not, in ordinal order of their names.</summary>
    public IReadOnlyList<Channel> Groups => groups;

    /// <summary>The map of some groups of mounts.</summary>
    /// <param name="groups">Mounts by the name of their channel.</param>
    /// <param name="aliases">Mounts that count as other mounts; a group may name either.</param>
    /// <exception cref="ComplianceException">A group is empty, bears the name of a mount, or has a mount of another one; the message names it.</exception>
    public static ChannelMap Of(IReadOnlyDictionary<string, IReadOnlyList<string>> groups, IReadOnlyDictionary<string, string> aliases)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        var channels = new List<Channel>();
        foreach (var (name, given) in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith('/'))
                throw new ComplianceException($"channel '{name}': a name that begins with a slash is a mount's; expected another name");
            if (given.Count == 0)
                throw new ComplianceException($"channel '{name}': has no mounts; expected a list of one or more");
            if (given.FirstOrDefault(mount => !mount.StartsWith('/')) is { } wrong)
                throw new ComplianceException($"channel '{name}': '{wrong}' is no mount; expected one such as /live.mp3");
            var mounts = given.Select(mount => aliases.GetValueOrDefault(mount, mount)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            foreach (var mount in mounts)
            {
                if (!owners.TryAdd(mount, name))
                    throw new ComplianceException($"channel '{name}': the mount '{mount}' is also of channel '{owners[mount]}'; expected each mount in one channel");
            }

            channels.Add(new Channel(name, mounts));
        }

        return new ChannelMap(channels);
    }

    /// <summary>The map that gives channels again that a report had.</summary>
    public static ChannelMap OfReported(IEnumerable<Channel> channels) => new([.. channels]);

    /// <summary>All groups, heard or not, and a channel for each other mount that was heard, in ordinal order of their names.</summary>
    /// <param name="heard">Mounts that have something to report.</param>
    public IReadOnlyList<Channel> Of(IEnumerable<string> heard)
    {
        var grouped = groups.SelectMany(group => group.Mounts).ToHashSet(StringComparer.Ordinal);
        var single = heard.Where(mount => !grouped.Contains(mount)).Distinct(StringComparer.Ordinal)
                .Select(mount => new Channel(NameAlone(mount), [mount]));
        return [.. groups.Concat(single).OrderBy(channel => channel.Name, StringComparer.Ordinal)];
    }

    /// <summary>Name of the channel that a mount is of.</summary>
    public string NameOf(string mount) => groups.FirstOrDefault(group => group.Mounts.Contains(mount))?.Name ?? NameAlone(mount);

    /// <summary>Name of a mount that is a channel by itself: a request need not begin with a slash, and so a mount can bear the name of a group.</summary>
    private string NameAlone(string mount) => groups.Any(group => group.Name == mount) ? $"mount {mount}" : mount;
}
