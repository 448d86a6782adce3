using Microsoft.AspNetCore.Mvc;
using OnlineSafetyTrust.Contracts.Pupils;
using OnlineSafetyTrust.StaffConsole.Fields;

namespace OnlineSafetyTrust.StaffConsole.Pages.Pupils;

internal sealed class ContactForm
{
    private const string Responsible = "responsible";
    private const string NoContact = "no-contact";

    public static readonly IReadOnlyList<Choice> Offered =
    [
        new(Responsible, "Has parental responsibility", "They are told, and asked to agree"), new(NoContact, "No contact", "The school must not contact this person or tell them anything"),
    ];

    public string? Name { get; set; }

    public string? Relationship { get; set; }

    public List<string> Flags { get; set; } = [];

    public string? CourtOrder { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    public PupilContact Contact(Guid id) =>
        new(id, Name!.Trim(), Relationship!.Trim(), Flags.Contains(Responsible), Text(CourtOrder), Flags.Contains(NoContact), Text(Phone), Text(Email));

    public static ContactForm Of(PupilContact contact) => new()
    {
        Name = Unreadable.ForForm(contact.Name), Relationship = Unreadable.ForForm(contact.Relationship), CourtOrder = Unreadable.ForForm(contact.CourtOrder),
        Phone = Unreadable.ForForm(contact.Phone), Email = Unreadable.ForForm(contact.Email),
        Flags = [.. contact.ParentalResponsibility ? [Responsible] : Array.Empty<string>(), .. contact.NoContact ? [NoContact] : Array.Empty<string>()],
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>One contact, new or known. The others stay as they are.</summary>
internal sealed class ContactPage(PupilDesk desk) : ContactsPage(desk)
{
    private const string New = "new";

    /// <summary>Its id, or <c>new</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Contact { get; set; } = New;

    [BindProperty]
    public ContactForm Form { get; set; } = new();

    public bool IsNew => Contact == New;

    public override Task<IActionResult> OnGetAsync() => ShowAsync(() =>
    {
        Form = Contacts.FirstOrDefault(c => c.Id.ToString() == Contact) is { } known ? ContactForm.Of(known) : Form;
        return Task.CompletedTask;
    });

    public Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Form.Name))
        {
            Wrong("name", "Enter the contact’s name.");
        }

        if (string.IsNullOrWhiteSpace(Form.Relationship))
        {
            Wrong("relationship", "Enter what they are to the pupil, such as mother.");
        }

        return SendAsync(With, "contact-saved");
    }

    protected override ValueTask<bool> MayAsync() => ValueTask.FromResult(Leads);

    protected override async Task<bool> LoadAsync() => await base.LoadAsync() && (IsNew || Contacts.Any(c => c.Id.ToString() == Contact));

    private IReadOnlyList<PupilContact> With(CommandContext context, IReadOnlyList<PupilContact> known) => IsNew
        ? [.. known, Form.Contact(context.NewId("contact"))]
        : [.. known.Select(c => c.Id.ToString() == Contact ? Form.Contact(c.Id) : c)];
}

/// <summary>One contact goes; first it is shown which.</summary>
internal sealed class RemoveContactPage(PupilDesk desk) : ContactsPage(desk)
{
    [BindProperty(SupportsGet = true)]
    public Guid Contact { get; set; }

    public PupilContact Going { get; private set; } = null!;

    public Task<IActionResult> OnPostAsync() => SendAsync((_, known) => [.. known.Where(c => c.Id != Contact)], "contact-removed");

    protected override ValueTask<bool> MayAsync() => ValueTask.FromResult(Leads);

    protected override async Task<bool> LoadAsync()
    {
        if (!await base.LoadAsync() || Contacts.FirstOrDefault(c => c.Id == Contact) is not { } going)
        {
            return false;
        }

        Going = going;
        return true;
    }
}
