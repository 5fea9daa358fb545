namespace StatsGraph.Printing.Pages;

/// <summary>What stands on every page, and what the file says of itself.</summary>
/// <param name="Title">Title of the document.</param>
/// <param name="Subject">What it is about, in a line.</param>
/// <param name="Left">At the top of the pages after the first, on the left.</param>
/// <param name="Right">There, on the right.</param>
/// <param name="Foot">At the bottom of every page, before the number of the page.</param>
/// <param name="Mark">What every page is marked as, such as a draft; null for nothing.</param>
/// <param name="Keywords">By which it may be found; empty for none.</param>
/// <param name="CreatedAt">When it came to be; null where that is not known.</param>
internal sealed record PageHeading(
    string Title, string Subject, string Left, string Right, string Foot, string? Mark, string Keywords, DateTimeOffset? CreatedAt);
