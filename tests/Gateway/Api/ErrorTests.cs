using Microsoft.Extensions.Logging.Abstractions;
using OnlineSafetyTrust.Embedded.GraphQL;
using OnlineSafetyTrust.Gateway.GraphQL.Checks;
using OnlineSafetyTrust.Gateway.GraphQL.Errors;

namespace OnlineSafetyTrust.Gateway.Tests.Api;

public sealed class ErrorTests
{
    [Fact]
    public void An_error_of_several_fields_points_to_what_they_share_and_not_to_a_path_of_all_of_them()
    {
        Assert.Equal(["input", "people", "0", "pupilId"], UserErrors.PathOf(["people.0.pupilId"]));
        Assert.Equal(["input", "people", "0"], UserErrors.PathOf(["people.0.pupilId", "people.0.part"]));
        Assert.Equal(["input"], UserErrors.PathOf(["from", "to"]));
        Assert.Equal(["input", "terms"], UserErrors.PathOf(["terms", "terms.times"]));
        Assert.Empty(UserErrors.PathOf([]));
    }

    [Fact]
    public void The_failure_of_a_batch_is_logged_once_and_told_to_every_field()
    {
        var log = new CollectedLog<MaskUnexpected>();
        var (filter, failure) = (new MaskUnexpected(log), new InvalidOperationException("the batch"));

        var told = Enumerable.Range(0, 5).Select(i => filter.OnError(ErrorBuilder.New().SetMessage("x").SetException(failure).Build())).ToList();
        filter.OnError(ErrorBuilder.New().SetMessage("x").SetException(new InvalidOperationException("another")).Build());

        Assert.All(told, e => Assert.Equal("INTERNAL", e.Code));
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task One_line_of_a_class_that_crashes_does_not_hide_what_was_recorded_for_the_others()
    {
        var results = await ClassLines.RunAsync<int, string>(
            [1, 2, 3], n => n == 2 ? throw new InvalidOperationException("would not open") : Task.FromResult<Result<string>>($"{n}"), NullLogger.Instance);

        Assert.Equal(["1", null, "3"], results.Select(r => r.Ok ? r.Value : null));
        Assert.Equal("INTERNAL", Assert.Single(results[1].Errors).Code);
        Assert.DoesNotContain("would not open", results[1].Errors[0].Message, StringComparison.Ordinal);
    }
}
