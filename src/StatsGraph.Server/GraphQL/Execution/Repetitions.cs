using GraphQLParser.AST;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>
/// How often a document has the same field in the same place of the answer. Validation compares each with each to see whether they can be
/// one, so that a few hundred of them cost it as many milliseconds.
/// </summary>
internal sealed class Repetitions
{
    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments;
    private readonly HashSet<string> seen = [];
    private readonly HashSet<string> open = [];
    private int most;

    private Repetitions(GraphQLDocument document) => fragments = Fragments.ByName(document);

    /// <summary>
    /// The most of them, by name or alias, those of fragments counted as often as they are spread. Walks all of those, and so is for a
    /// document whose fields are known to be few.
    /// </summary>
    public static int Most(GraphQLDocument document)
    {
        var repetitions = new Repetitions(document);
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            repetitions.Walk(operation.SelectionSet, new Place());
        }

        foreach (var name in repetitions.fragments.Keys.Where(name => !repetitions.seen.Contains(name)))
        {
            repetitions.Spread(name, new Place());
        }

        return repetitions.most;
    }

    private void Walk(GraphQLSelectionSet? selections, Place place)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field:
                    var below = place.Below((field.Alias?.Name ?? field.Name).StringValue);
                    most = Math.Max(most, ++below.Count);
                    Walk(field.SelectionSet, below);
                    break;
                case GraphQLInlineFragment inline:
                    Walk(inline.SelectionSet, place);
                    break;
                case GraphQLFragmentSpread spread:
                    Spread(spread.FragmentName.Name.StringValue, place);
                    break;
            }
        }
    }

    /// <summary>Walks a fragment, but not within itself.</summary>
    private void Spread(string name, Place place)
    {
        seen.Add(name);
        if (fragments.TryGetValue(name, out var fragment) && open.Add(name))
        {
            Walk(fragment.SelectionSet, place);
            open.Remove(name);
        }
    }

    /// <summary>A place of the answer, and how many fields would be there.</summary>
    private sealed class Place
    {
        private readonly Dictionary<string, Place> places = [];

        public int Count { get; set; }

        public Place Below(string name)
        {
            if (!places.TryGetValue(name, out var place))
            {
                places[name] = place = new Place();
            }

            return place;
        }
    }
}
