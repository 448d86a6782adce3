namespace OnlineSafetyTrust.Embedded.Grains;

/// <summary>Values that travel with calls: for tracing ids only, never for identity.</summary>
public static class RequestContext
{
    public static IEnumerable<string> Keys => Values is { } values ? values.Keys : [];

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values is { } values ? values : [];

    private static Dictionary<string, object>? Values => CallScope.Current?.Values;

    public static object? Get(string key) => Values?.GetValueOrDefault(key);

    public static void Set(string key, object value)
    {
        // Calls under way share the old dictionary: never change it in place.
        var changed = Values is { } values ? new Dictionary<string, object>(values) : [];
        changed[key] = value;
        Replace(changed);
    }

    public static bool Remove(string key)
    {
        if (Values is not { } values || !values.ContainsKey(key))
        {
            return false;
        }

        var changed = new Dictionary<string, object>(values);
        changed.Remove(key);
        Replace(changed.Count == 0 ? null : changed);
        return true;
    }

    public static void Clear()
    {
        if (Values is not null)
        {
            Replace(null);
        }
    }

    private static void Replace(Dictionary<string, object>? values) =>
        CallScope.Current = new ValueScope(CallScope.Current?.Call, values);
}
