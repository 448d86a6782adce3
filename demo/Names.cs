using System.Globalization;

namespace OnlineSafetyTrust.Demo;

/// <summary>Common names, put together at random. Whoever bears one of them by chance is not meant.</summary>
internal static class Names
{
    private static readonly string[] Given =
    [
        "Aisha", "Alfie", "Amelia", "Amir", "Ava", "Ben", "Callum", "Chloe", "Connor", "Daisy", "Daniel", "Dylan", "Eleanor", "Ella", "Ethan", "Evie", "Finley", "Freya", "Gabriel", "Grace",
        "Hannah", "Harriet", "Hassan", "Henry", "Imogen", "Isaac", "Isla", "Jacob", "Jasmine", "Joseph", "Kai", "Layla", "Leo", "Libby", "Liam", "Lucas", "Lucy", "Maisie", "Maryam", "Mason",
        "Megan", "Mia", "Mohammed", "Molly", "Nathan", "Niamh", "Noah", "Nora", "Oliver", "Oscar", "Phoebe", "Poppy", "Priya", "Rebecca", "Reuben", "Riley", "Rosie", "Ruby", "Ryan", "Samir",
        "Sara", "Scarlett", "Sebastian", "Sienna", "Sofia", "Stanley", "Tariq", "Theo", "Thomas", "Toby", "Tyler", "Violet", "William", "Yusuf", "Zain", "Zara",
    ];

    private static readonly string[] Family =
    [
        "Adeyemi", "Ahmed", "Akhtar", "Allen", "Andrews", "Atkins", "Bailey", "Barker", "Barnes", "Begum", "Bennett", "Booth", "Bradley", "Brooks", "Burton", "Butler", "Carter", "Chandler",
        "Chapman", "Clarke", "Cole", "Collins", "Cooper", "Dawson", "Dean", "Doyle", "Edwards", "Ellis", "Farrell", "Fisher", "Fletcher", "Foster", "Fox", "Gardner", "Gibson", "Gill", "Green",
        "Hall", "Hamilton", "Harding", "Harper", "Hassan", "Hill", "Holmes", "Hughes", "Hussain", "Iqbal", "Jackson", "Jenkins", "Kaur", "Kelly", "Khan", "Kowalski", "Lane", "Lawson", "Lewis",
        "Marsh", "Mason", "Mills", "Morgan", "Murphy", "Nowak", "Okafor", "Osei", "Owen", "Palmer", "Parker", "Patel", "Pearce", "Perry", "Porter", "Price", "Rahman", "Reed", "Reid", "Roberts",
        "Rogers", "Russell", "Saunders", "Shah", "Shaw", "Singh", "Slater", "Spencer", "Stone", "Taylor", "Thomas", "Turner", "Walker", "Ward", "Watts", "Webb", "West", "Wood", "Wright", "Young",
    ];

    public static (string Given, string Family) Next(Dice dice) => (dice.Of(Given), dice.Of(Family));

    /// <summary>Unique in the trust through its number.</summary>
    public static string Email(string given, string family, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{given}.{family}{number}@school.example").ToLowerInvariant();
}
