namespace StatsGraph.Printing.Fonts;

/// <summary>How letters look, in whichever fonts have them.</summary>
/// <param name="Size">Points.</param>
/// <param name="IsBold">Whether they are bold; those of a font that is not are drawn thicker.</param>
internal sealed record TextStyle(double Size, bool IsBold);
