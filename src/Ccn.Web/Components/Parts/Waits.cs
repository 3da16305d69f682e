using Ccn.Domain.Lifecycle;

namespace Ccn.Web.Components.Parts;

/// <summary>What a thing waits for, said to somebody who may be the one: workflows say it of all parties, people read of themselves as "you".</summary>
internal static class Waits
{
    /// <summary>The wait as part of a sentence: <c>your payment of the deposit</c>.</summary>
    public static string Of(string wait, Party reader)
    {
        var me = Words.Of(reader);
        return wait.Replace($"{me}'s ", "your ", StringComparison.Ordinal).Replace($"the signature of {me}", "your signature", StringComparison.Ordinal);
    }

    /// <summary>A whole sentence. Of the reader's own turn it says what they are to do, of others' turns what it waits for.</summary>
    public static string Sentence(Party turn, string wait, Party reader)
    {
        var toDo = Beside(turn, wait);
        return turn == reader && toDo != wait ? $"{char.ToUpperInvariant(toDo[0])}{toDo[1..]}." : $"Waits for {Of(wait, reader)}.";
    }

    /// <summary>The wait beside the name of whose turn it is: a wait that begins with the name says it only once.</summary>
    public static string Beside(Party turn, string wait)
    {
        var name = $"{Words.Of(turn)}: ";
        return wait.StartsWith(name, StringComparison.Ordinal) ? wait[name.Length..] : wait;
    }
}
