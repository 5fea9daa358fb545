using StatsGraph.Ingest;
using StatsGraph.Schedules;
using StatsGraph.Schedules.Deliveries;
using StatsGraph.Schedules.Times;

namespace StatsGraph.Configuration;

/// <summary>Reads what is made at certain times and where it goes: the section <c>Schedules</c>.</summary>
/// <param name="host">Working folder and clock.</param>
/// <param name="mail">The server for e-mail; null for none.</param>
/// <param name="siteTimeZone">The zone of a site.</param>
internal sealed class ScheduleReader(CommandHost host, MailOptions? mail, Func<string, string> siteTimeZone)
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Schedules";

    /// <summary>Name of the section of targets in a schedule.</summary>
    public const string TargetSection = "To";

    /// <summary>Settings of a schedule.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        "Cron", "TimeZone", "Site", "Report", "Query", "Variables", "Period", "SettleAfterDays", "CatchUp", "Attempts", "Formats", TargetSection,
    ];

    /// <summary>Settings of its targets.</summary>
    public static readonly IReadOnlyList<string> TargetKeys = ["Folder", "Mail", "Webhook", "WebhookSecret", "WebhookSecretFile"];

    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads and checks all schedules, in the order of their names.</summary>
    /// <exception cref="CommandException">A setting is unknown, missing or wrong; the message names it.</exception>
    public IReadOnlyList<Schedule> Read(SettingsSection section)
    {
        var schedules = new SortedDictionary<string, Schedule>(StringComparer.Ordinal);
        foreach (var key in section.Keys)
        {
            var name = key.ToLowerInvariant();
            if (!SiteKey.IsValid(name))
                throw section.Wrong(key, $"'{key}' is no name of a schedule; expected {SiteKey.Expectation}");
            schedules[name] = ReadOne(name, section.Section(key));
        }

        return [.. schedules.Values];
    }

    private Schedule ReadOne(string name, SettingsSection section)
    {
        section.ThrowIfUnknownKeys(Keys);
        var site = section.Text("Site");
        if (site is not null && !SiteKey.IsValid(site))
            throw section.Wrong("Site", $"'{site}' is no site key; expected {SiteKey.Expectation}");
        var zone = site is null ? "UTC" : siteTimeZone(site);
        var period = Period(section);
        return new Schedule
        {
            Name = name,
            Times = Times(section, zone),
            Work = Work(section, site),
            Site = site,
            SiteTimeZone = zone,
            Period = period,
            SettleAfterDays = period.IsOver || section.Text("SettleAfterDays") is null ? section.Integer("SettleAfterDays", 0, minimum: 0, maximum: 366)
                : throw section.Wrong("SettleAfterDays", $"the period '{period}' is not over when a run is due, so that there is nothing to wait for; expected none"),
            CatchUp = section.Integer("CatchUp", Schedule.DefaultCatchUp, minimum: 1, maximum: 100),
            Attempts = section.Integer("Attempts", Schedule.DefaultAttempts, minimum: 1, maximum: 100),
            Formats = Formats(section),
            Targets = Targets(section.Section(TargetSection)),
        };
    }

    private static CronTimes Times(SettingsSection section, string zone)
    {
        var cron = section.Text("Cron") ?? throw section.Wrong("Cron", "is missing; expected minute, hour, day of the month, month and day of the week, such as '0 6 1 * *'");
        if (section.Text("TimeZone") is { } given && !SettingsReader.IsIana(given))
            throw section.Wrong("TimeZone", $"'{given}' is no IANA time zone; expected one such as Europe/Berlin");
        try
        {
            return CronTimes.Parse(cron, section.Text("TimeZone") ?? zone);
        }
        catch (ScheduleException wrong)
        {
            throw section.Wrong("Cron", wrong.Message);
        }
    }

    private static ScheduledWork Work(SettingsSection section, string? site) => (section.Text("Report"), section.Text("Query")) switch
    {
        ({ } report, null) when section.Map("Variables").Count > 0 => throw section.Wrong("Variables", $"the report {report} has none; expected 'Query' instead of 'Report'"),
        ({ } report, null) => site is not null ? new ScheduledWork.Report(report) : throw section.Wrong("Site", "is missing; a report is of one site"),
        (null, { } query) => new ScheduledWork.Query(query, section.Map("Variables")),
        (null, null) => throw section.Wrong("Report", "is missing; expected a profile here, or a saved document in 'Query'"),
        _ => throw section.Wrong("Query", "cannot be together with 'Report'; expected one of them"),
    };

    private static RelativePeriod Period(SettingsSection section)
    {
        try
        {
            return section.Text("Period") is { } text ? RelativePeriod.Parse(text) : RelativePeriod.LastMonth;
        }
        catch (ScheduleException wrong)
        {
            throw section.Wrong("Period", wrong.Message);
        }
    }

    private static List<string> Formats(SettingsSection section)
    {
        List<string> formats = [.. section.Texts("Formats").Select(format => format.ToLowerInvariant())];
        return formats.Count == 0 ? ["csv"]
            : formats.Distinct(StringComparer.Ordinal).Count() == formats.Count ? formats
            : throw section.Wrong("Formats", "names one twice");
    }

    private List<IDeliveryTarget> Targets(SettingsSection to)
    {
        to.ThrowIfUnknownKeys(TargetKeys);
        var targets = new List<IDeliveryTarget>();
        if (to.Text("Folder") is { } folder)
            targets.Add(new FolderTarget(Path.GetFullPath(folder, host.WorkingFolder)));
        if (to.Texts("Mail") is { Count: > 0 } recipients)
            targets.Add(Mail(to, recipients));
        if (to.Text("Webhook") is { } address)
            targets.Add(Webhook(to, address));
        return targets.Count > 0 ? targets : throw to.Wrong("Folder", "is missing; expected a folder here, addresses in 'Mail' or an address in 'Webhook'");
    }

    private MailTarget Mail(SettingsSection to, IReadOnlyList<string> recipients)
        => recipients.FirstOrDefault(recipient => !MailTarget.IsAddress(recipient)) is { } wrong
            ? throw to.Wrong("Mail", $"'{wrong}' is no address of e-mail; expected one such as licensing@example.org")
            : mail is null ? throw to.Wrong("Mail", $"there is no server for e-mail; expected the setting {MailReader.SectionName}:Host")
            : new MailTarget(recipients, mail);

    private WebhookTarget Webhook(SettingsSection to, string text)
    {
        // The address itself may be as good as a password, and is not repeated.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !WebhookTarget.IsAllowed(address))
            throw to.Wrong("Webhook", "is no address that files may be sent to; expected https://, or http:// on this machine, without a user");
        var secret = SecretReader.Read(host, to, "WebhookSecret")
            ?? throw to.Wrong("WebhookSecret", "is missing; expected what the receiver checks signatures by, here or in the file of 'WebhookSecretFile'");
        try
        {
            if (to.Text("WebhookSecret") is { } given)
                WebhookTarget.KeyOf(given);
            return new WebhookTarget(address, secret, WebhookTimeout, host.Clock);
        }
        catch (ScheduleException wrong)
        {
            throw to.Wrong("WebhookSecret", wrong.Message);
        }
    }
}
