using StatsGraph.Server;

namespace StatsGraph.Configuration;

/// <summary>Reads what subscriptions may take: <c>Server:Live</c>, whose settings bear the names of <see cref="LiveOptions"/>.</summary>
internal static class LiveReader
{
    /// <summary>Settings of subscriptions.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        nameof(LiveOptions.Interval), nameof(LiveOptions.KeepAlive), nameof(LiveOptions.InitTimeout), nameof(LiveOptions.StallTimeout),
        nameof(LiveOptions.MaximumPerConnection), nameof(LiveOptions.MaximumPerCaller), nameof(LiveOptions.Maximum),
    ];

    private const int Most = 1_000_000;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="CommandException">One is unknown or out of its range; the message names it.</exception>
    public static LiveOptions Read(SettingsSection section)
    {
        section.ThrowIfUnknownKeys(Keys);
        var live = new LiveOptions();
        return new LiveOptions
        {
            Interval = section.Length(nameof(live.Interval), live.Interval),
            KeepAlive = section.Length(nameof(live.KeepAlive), live.KeepAlive),
            InitTimeout = section.Length(nameof(live.InitTimeout), live.InitTimeout),
            StallTimeout = section.Length(nameof(live.StallTimeout), live.StallTimeout),
            MaximumPerConnection = section.Integer(nameof(live.MaximumPerConnection), live.MaximumPerConnection, minimum: 1, maximum: 10_000),
            MaximumPerCaller = section.Integer(nameof(live.MaximumPerCaller), live.MaximumPerCaller, minimum: 0, maximum: Most),
            Maximum = section.Integer(nameof(live.Maximum), live.Maximum, minimum: 0, maximum: Most),
        };
    }
}
