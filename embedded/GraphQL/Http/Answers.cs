using Microsoft.AspNetCore.Http;
using OnlineSafetyTrust.Embedded.GraphQL.Execution;

namespace OnlineSafetyTrust.Embedded.GraphQL.Http;

/// <summary>Writes one outcome in the form the client prefers.</summary>
internal static class Answers
{
    public static async Task WriteAsync(HttpContext http, Accepted accepted, Outcome outcome, bool isRefusedByTransport = false)
    {
        using (outcome)
        {
            var response = http.Response;
            if (!isRefusedByTransport && (accepted.First == Accepted.Form.EventStream || !accepted.Single))
            {
                EventStream.Start(response);
                EventStream.Next(response.BodyWriter, outcome.ToBytes().Span);
                EventStream.Complete(response.BodyWriter);
            }
            else
            {
                // Whoever asks for the older media type gets 200 for whatever the GraphQL layer answered.
                var isJson = accepted.SingleForm == Accepted.Form.Json;
                response.StatusCode = isJson && !accepted.IsAnything && !isRefusedByTransport && outcome.Status != StatusCodes.Status405MethodNotAllowed ? StatusCodes.Status200OK : outcome.Status;
                if (outcome.Status == StatusCodes.Status405MethodNotAllowed)
                {
                    response.Headers.Allow = "POST";
                }

                response.ContentLength = outcome.Length;
                response.ContentType = isJson ? Accepted.JsonType : Accepted.GraphQLType;
                outcome.WriteTo(response.BodyWriter);
            }

            await response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }
    }
}
