using System.Net;
using Microsoft.Extensions.Options;

namespace OnlineSafetyTrust.Gateway.Guards;

/// <summary>Sockets that have not said who they are, bounded by the address they come from: nobody outside can take every place and leave none to staff.</summary>
internal sealed class UnsignedSockets(RequestDelegate next, IOptions<ApiOptions> options)
{
    private readonly Holdings<string> _places = new(options.Value.MaxUnsignedSockets);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await next(http);
            return;
        }

        using var place = _places.TryTake(NetworkOf(http.Connection.RemoteIpAddress));
        if (place is null)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = "10";
            return;
        }

        http.Items[typeof(UnsignedSockets)] = place;
        await next(http);
    }

    /// <summary>Its person is known, and it counts for them.</summary>
    public static void IsSigned(HttpContext http) => (http.Items[typeof(UnsignedSockets)] as IDisposable)?.Dispose();

    /// <summary>Of version 6 the network: one machine has as many addresses of it as it likes.</summary>
    internal static string NetworkOf(IPAddress? address) =>
        address is null ? ""
        : address.IsIPv4MappedToIPv6 || address.GetAddressBytes() is not { Length: 16 } bytes ? address.MapToIPv4().ToString()
        : Convert.ToHexString(bytes, 0, 8);
}
