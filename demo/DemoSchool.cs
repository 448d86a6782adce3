using OnlineSafetyTrust.Contracts.Schools;

namespace OnlineSafetyTrust.Demo;

/// <summary>A fictional school. URNs 100001 to 100003 are what the personas of Development are called by.</summary>
/// <param name="Years">Year groups, youngest first.</param>
/// <param name="Classes">Per year group.</param>
/// <param name="PerClass">Pupils on roll per class.</param>
/// <param name="SenPercent">Pupils with special needs.</param>
internal sealed record DemoSchool(string Urn, string Name, Phase Phase, IReadOnlyList<string> Years, int Classes, int PerClass, int SenPercent, TimeOnly Ends)
{
    public static readonly TenantId Trust = TenantId.Trust(DemoIds.Tenant("trust"));
    public const string TrustName = "Larkspur Vale Learning Trust";

    public static readonly IReadOnlyList<DemoSchool> All =
    [
        new("100001", "Larkspur Lodge School", Phase.Special, [.. Enumerable.Range(1, 13).Select(Text)], 1, 9, 100, new TimeOnly(15, 10)),
        new("100002", "Candlewick Lane Primary School", Phase.Primary, ["R", .. Enumerable.Range(1, 6).Select(Text)], 2, 22, 14, new TimeOnly(15, 20)),
        new("100003", "Harrowmere High School", Phase.Secondary, [.. Enumerable.Range(7, 5).Select(Text)], 4, 24, 12, new TimeOnly(15, 15)),
    ];

    public TenantId Tenant => TenantId.School(DemoIds.Tenant(Urn));

    private static string Text(int year) => year.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
