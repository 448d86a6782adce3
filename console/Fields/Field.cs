using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace OnlineSafetyTrust.StaffConsole.Fields;

/// <summary>An input with its label, hint and error, tied together for whoever hears the page instead of seeing it.</summary>
public abstract class Field : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Name of the form value; the id follows from it.</summary>
    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public string? Value { get; set; }

    protected string Id => IdOf(Name);

    protected string? Error => (ViewContext.ViewData.Model as ConsolePage)?.ErrorOf(Id);

    /// <summary><c>terms[0].end</c> and the contract's <c>terms.0.end</c> have the id <c>terms-0-end</c>.</summary>
    internal static string IdOf(string name) => name.Replace("].", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('[', '-').Replace('.', '-');

    /// <summary>Ids of hint and error, for <c>aria-describedby</c>.</summary>
    protected string Described
    {
        get
        {
            var ids = string.Join(' ', new[] { Hint is null ? null : $"{Id}-hint", Error is null ? null : $"{Id}-error" }.OfType<string>());
            return ids.Length == 0 ? "" : $" aria-describedby=\"{ids}\"";
        }
    }

    protected string Notes =>
        (Hint is null ? "" : $"<p class=\"hint\" id=\"{Id}-hint\">{Text(Hint)}</p>")
        + (Error is null ? "" : $"<p class=\"error\" id=\"{Id}-error\"><span class=\"unseen\">Error: </span>{Text(Error)}</p>");

    protected static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    protected void Write(TagHelperOutput output, string html)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Error is null ? "field" : "field wrong");
        output.Content.SetHtmlContent(html);
    }
}

/// <summary>One line or, with <see cref="Rows"/>, several.</summary>
[HtmlTargetElement("text-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextField : Field
{
    public string Type { get; set; } = "text";

    public int Rows { get; set; }

    /// <summary>Of the text that fits: short, long.</summary>
    public string Width { get; set; } = "long";

    public override void Process(TagHelperContext context, TagHelperOutput output) => Write(
        output,
        $"<label for=\"{Id}\">{Text(Label)}</label>{Notes}" + (Rows > 0
            ? $"<textarea id=\"{Id}\" name=\"{Name}\" rows=\"{Rows}\" autocomplete=\"off\"{Described}>{Text(Value)}</textarea>"
            : $"<input id=\"{Id}\" name=\"{Name}\" type=\"{Type}\" class=\"{Width}\" value=\"{Text(Value)}\" autocomplete=\"off\"{Described}>"));
}

/// <param name="Label">What one reads.</param>
public sealed record Choice(string Value, string Label, string? Hint = null)
{
    public static IReadOnlyList<Choice> Of<T>(params IEnumerable<T> values)
        where T : struct, Enum => [.. values.Select(v => new Choice(v.ToString(), Words.Wording.Of(v)))];

    public static IReadOnlyList<Choice> All<T>()
        where T : struct, Enum => Of(Enum.GetValues<T>());
}

/// <summary>Radio buttons or, with <see cref="Many"/>, checkboxes under one question.</summary>
[HtmlTargetElement("choice-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ChoiceField : Field
{
    public IEnumerable<Choice> Choices { get; set; } = [];

    public bool Many { get; set; }

    public IEnumerable<string> Values { get; set; } = [];

    /// <summary>Side by side.</summary>
    public bool Inline { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var boxes = string.Concat(Choices.Select((choice, i) => Box(choice, i)));
        Write(output, $"<fieldset{Described}><legend>{Text(Label)}</legend>{Notes}<div class=\"{(Inline ? "choices inline" : "choices")}\">{boxes}</div></fieldset>");
    }

    // The error summary's link leads to the first box.
    private string Box(Choice choice, int place)
    {
        var id = place == 0 ? Id : $"{Id}-{place}";
        var ticked = choice.Value == Value || Values.Contains(choice.Value) ? " checked" : "";
        var hint = choice.Hint is null ? "" : $"<span class=\"hint\">{Text(choice.Hint)}</span>";
        return $"<div class=\"choice\"><input type=\"{(Many ? "checkbox" : "radio")}\" id=\"{id}\" name=\"{Name}\" value=\"{Text(choice.Value)}\"{ticked}><label for=\"{id}\">{Text(choice.Label)}{hint}</label></div>";
    }
}

[HtmlTargetElement("select-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SelectField : Field
{
    public IEnumerable<Choice> Choices { get; set; } = [];

    /// <summary>First line, for no choice; null: there is always one.</summary>
    public string? None { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var options = (None is null ? Choices : Choices.Prepend(new Choice("", None)))
            .Select(c => $"<option value=\"{Text(c.Value)}\"{(c.Value == (Value ?? "") ? " selected" : "")}>{Text(c.Label)}</option>");
        Write(output, $"<label for=\"{Id}\">{Text(Label)}</label>{Notes}<select id=\"{Id}\" name=\"{Name}\"{Described}>{string.Concat(options)}</select>");
    }
}
