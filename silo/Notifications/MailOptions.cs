namespace OnlineSafetyTrust.Silo.Notifications;

/// <summary>Configuration section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>SMTP server; empty: mail stays in the outbox until one is configured.</summary>
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>STARTTLS. Only a server on this machine may go without.</summary>
    public bool Tls { get; set; } = true;

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Sender's address.</summary>
    public string From { get; set; } = "onlinesafety@localhost";

    /// <summary>Where links in mails lead, without a slash at the end.</summary>
    public string PublicAddress { get; set; } = "http://localhost:5080";

    /// <summary>For one mail, with the wait for a connection.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many at once; read at the start. Exchange Online takes three from one sender.</summary>
    public int Connections { get; set; } = 3;
}
