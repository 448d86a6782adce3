using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using OnlineSafetyTrust.Silo.Notifications;

namespace OnlineSafetyTrust.Gateway.Hosting;

/// <summary>Where links in mails, and those that parties to a strategy get, lead when nobody configured it: where this process listens.</summary>
internal static class MailLinks
{
    public static void Add(WebApplicationBuilder builder, HostSettings settings)
    {
        builder.Services.AddSingleton<IPublicAddress, PublicAddress>();
        builder.Services.AddOptions<MailOptions>().PostConfigure<IServer, IConfiguration>((mail, server, configuration) =>
        {
            if (string.IsNullOrWhiteSpace(configuration["Mail:PublicAddress"]))
            {
                mail.PublicAddress = Of(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [], settings.Urls);
            }
            else
            {
                mail.PublicAddress = mail.PublicAddress.TrimEnd('/');
            }
        });
    }

    /// <param name="bound">Empty until the server listens.</param>
    internal static string Of(ICollection<string> bound, string urls)
    {
        var address = BindingAddress.Parse(bound.FirstOrDefault() ?? urls.Split(';', StringSplitOptions.RemoveEmptyEntries)[0]);
        // Every interface is no place that a browser finds.
        var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri.GetLeftPart(UriPartial.Authority);
    }

    private sealed class PublicAddress(IOptions<MailOptions> mail) : IPublicAddress
    {
        public Uri Of(string path) => new(mail.Value.PublicAddress + path);
    }
}
