using Ccn.Api.Requests;

namespace Ccn.Api.Tests;

public sealed class RequestHashTests
{
    [Fact]
    public void The_same_content_has_one_hash_and_every_other_content_another()
    {
        Assert.Equal(RequestHash.Of("usr_1", new Body("a", 1)), RequestHash.Of("usr_1", new Body("a", 1)));
        string[] others = [RequestHash.Of("usr_1", new Body("a", 1)), RequestHash.Of("usr_2", new Body("a", 1)), RequestHash.Of("usr_1", new Body("b", 1)), RequestHash.Of("usr_1", new Body("a", 2))];
        Assert.Distinct(others);
    }

    [Fact]
    public void Nothing_is_lost_in_tuples_and_fields() => Assert.Distinct(
    [
        RequestHash.Of("w", new Nested(("a", 1), [("x", 1)])), RequestHash.Of("w", new Nested(("b", 1), [("x", 1)])), RequestHash.Of("w", new Nested(("a", 2), [("x", 1)])), RequestHash.Of("w", new Nested(("a", 1), [("x", 2)])),
    ]);

    [Fact]
    public void Texts_do_not_run_into_each_other() =>
        Assert.Distinct([RequestHash.Of("a", "b", "c"), RequestHash.Of("ab", "", "c"), RequestHash.Of("a", "bc", ""), RequestHash.Of("a\",\"b", "c", "")]);

    [Fact]
    public void A_tuple_as_the_content_does_not_compile() =>
        Assert.All(typeof(RequestHash).GetMethods().Where(method => method.IsGenericMethodDefinition).SelectMany(method => method.GetGenericArguments()),
            argument => Assert.True(argument.GenericParameterAttributes.HasFlag(System.Reflection.GenericParameterAttributes.ReferenceTypeConstraint)));

    private sealed record Body(string Text, int Number);
    private sealed record Nested((string Text, int Number) Pair, IReadOnlyList<(string Text, int Number)> Pairs);
}
