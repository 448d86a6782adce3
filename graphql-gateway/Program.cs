using OnlineSafetyTrust.Gateway.Commands;
using OnlineSafetyTrust.Storage;

try
{
    return await CommandLine.Create().Parse(args).InvokeAsync();
}
catch (StoreException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
