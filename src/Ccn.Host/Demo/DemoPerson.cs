namespace Ccn.Host.Demo;

/// <summary>Somebody with a demo account.</summary>
/// <param name="Role">A role of the product; <c>member</c> for those who only vote.</param>
/// <param name="What">What there is to look at when signed in as this person.</param>
internal sealed record DemoPerson(string Role, string Name, string Handle, string What)
{
    public string Email => $"{Handle}@demo.example";

    /// <summary>Roles that the public sign-up does not give: an installation makes these accounts itself.</summary>
    public bool IsStaff => Role is not ("member" or "creator" or "seller");
}
