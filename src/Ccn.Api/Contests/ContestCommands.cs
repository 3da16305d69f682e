using Ccn.Api.Accounts;
using Ccn.Api.Lifecycle;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data.Contests;
using Ccn.Domain;
using Ccn.Workflows;
using Ccn.Workflows.Contests;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Api.Contests;

/// <summary>Contests. Ballots are rows, so a vote makes no Temporal call; everything else is one.</summary>
public sealed class ContestCommands(ITemporalClient temporal, BallotBox ballots, CurrentUser user, TimeProvider clock)
{
    private const string HashMemo = "requestHash";

    public async Task OpenAsync(string contestId, OpenContest body)
    {
        Check.Id(contestId, Ids.Contest, "contestId");
        var errors = new FieldErrors();
        errors.Text(body.Title, "title", 120);
        errors.Text(body.Brief, "brief", 4_000);
        errors.Text(body.Category, "category", 60);
        errors.Add(body.OpensAt < clock.GetUtcNow().AddMinutes(-5), "opensAt", "is not in the past");
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(body.Zone ?? "UTC", out var found) ? found : null;
        errors.Add(zone is null, "zone", "is an IANA time zone such as Europe/Berlin");
        errors.Throw();

        var opensAt = body.OpensAt ?? clock.GetUtcNow();
        var template = Templates.Get(body.TemplateId);
        var hash = RequestHash.Of(user.Id, body);
        var label = ContestWorkflow.LabelFor(contestId);
        try
        {
            await temporal.StartWorkflowAsync(
                (ContestWorkflow wf) => wf.RunAsync(new(contestId, user.Id, body.Title, body.Brief, body.Category, template.Contest, opensAt, zone!.Id, ContestCalendar.Of(template.Contest, opensAt, zone))),
                new(ContestWorkflow.IdFor(contestId), TaskQueues.Lifecycle) { IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate, StaticSummary = label.Summary, StaticDetails = label.Details, Memo = new Dictionary<string, object>(StringComparer.Ordinal) { [HashMemo] = hash } });
        }
        catch (WorkflowAlreadyStartedException)
        {
            // The same request again is answered as the first was; another one under the same id is refused.
            if (await StartedByAsync(contestId) != hash) { throw; }
        }
    }

    public Task CancelAsync(string contestId, string reason, string? key) =>
        temporal.GetWorkflowHandle<ContestWorkflow>(ContestWorkflow.IdFor(contestId)).ExecuteUpdateAsync(wf => wf.CancelAsync(new(user.Id, reason)), new(IdempotencyKey.For(key, user.Id)));

    /// <summary>Casts or changes the member's one ballot for an entry, inside the voting window.</summary>
    public async Task<BallotReceipt> CastAsync(string contestId, string designId, int score, CancellationToken cancel)
    {
        if (score is < 1 or > 5) { throw new ProblemException(ProblemCode.BallotScore, "A score is 1 to 5."); }

        var now = clock.GetUtcNow();
        return await ballots.CastAsync(contestId, designId, user.Id, (short)score, now, cancel) switch
        {
            CastOutcome.Cast => new(contestId, designId, score, now, Changed: false),
            CastOutcome.Changed => new(contestId, designId, score, now, Changed: true),
            CastOutcome.AlreadyCast => throw new ProblemException(ProblemCode.BallotAlreadyCast, "You have already given this entry this score. One ballot per member and entry; another score replaces it."),
            CastOutcome.Closed => throw new ProblemException(ProblemCode.BallotClosed, "Voting is not open."),
            CastOutcome.OwnDesign => throw new ProblemException(ProblemCode.BallotOwnDesign, "Nobody votes on their own design."),
            _ => throw ProblemException.NotFound("entry"),
        };
    }

    private async Task<string?> StartedByAsync(string contestId)
    {
        var contest = await temporal.GetWorkflowHandle(ContestWorkflow.IdFor(contestId)).DescribeAsync();
        return contest.Memo.TryGetValue(HashMemo, out var hash) ? await hash.ToValueAsync<string>() : null;
    }
}
