namespace Ccn.Host.Demo;

/// <summary>The time of the stories is over; this one has nothing left to tell.</summary>
internal sealed class StoryOverException() : Exception("The story is over.");
