namespace OnlineSafetyTrust.Embedded.GraphQL.Execution;

/// <summary>The answer grew beyond what one operation may produce: the whole request fails, not a field of it.</summary>
internal sealed class AnswerTooLargeException(string what) : Exception($"The answer has more than {what}. Ask for less: smaller pages, fewer levels.");
