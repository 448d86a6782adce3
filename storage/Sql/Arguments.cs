namespace OnlineSafetyTrust.Storage.Sql;

internal static class Arguments
{
    public static Dictionary<string, object?> Of(params ReadOnlySpan<(string Name, object? Value)> args)
    {
        var all = new Dictionary<string, object?>(args.Length);
        foreach (var (name, value) in args)
        {
            all.Add(name, value);
        }

        return all;
    }
}
