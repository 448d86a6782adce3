using System.CommandLine;
using OnlineSafetyTrust.Gateway.Commands;
using OnlineSafetyTrust.Gateway.Hosting;
using OnlineSafetyTrust.Storage;

try
{
    return await CommandLine.Create().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is StoreException or MisconfiguredException or RecordUnreadableException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
