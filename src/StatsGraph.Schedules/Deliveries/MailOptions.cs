namespace StatsGraph.Schedules.Deliveries;

/// <summary>The server that takes e-mail, and how it is talked to.</summary>
public sealed record MailOptions
{
    /// <summary>Its name.</summary>
    public required string Host { get; init; }

    /// <summary>Its port; 0 for the one that is usual.</summary>
    public int Port { get; init; }

    /// <summary>How it is protected.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Who sends, for a server that asks; null for one that does not.</summary>
    public string? User { get; init; }

    /// <summary>The user's password; null where there is no user.</summary>
    public Secret? Password { get; init; }

    /// <summary>The sender's address, with a name or without: <c>StatsGraph &lt;stats@example.org&gt;</c>.</summary>
    public required string From { get; init; }

    /// <summary>Longest time of an attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Absolute path of a PEM file with the roots that the server's certificate may be of; null for those that this machine trusts.</summary>
    public string? TrustedCertificates { get; init; }

    /// <summary>The port: the given one, else the usual one.</summary>
    public int UsedPort => Port > 0 ? Port : Security switch
    {
        MailSecurity.Tls => 465,
        MailSecurity.StartTls => 587,
        _ => 25,
    };
}

/// <summary>How a connection for e-mail is protected.</summary>
public enum MailSecurity
{
    /// <summary>It begins in the clear, and nothing is said before it is protected.</summary>
    StartTls,

    /// <summary>It is protected from the beginning.</summary>
    Tls,

    /// <summary>Not at all: for a server on this machine or in its own network, without a password.</summary>
    None,
}
