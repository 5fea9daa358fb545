using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>How much a document asks for.</summary>
/// <param name="Fields">Fields, those of a fragment counted as often as it is spread, and once where it never is.</param>
/// <param name="Depth">Most fields within one another.</param>
/// <param name="Arguments">Arguments, of fields and directives.</param>
/// <param name="Directives">Directives, anywhere.</param>
/// <param name="Variables">Variables of all operations.</param>
/// <param name="Definitions">Operations and fragments.</param>
internal sealed record DocumentCost(long Fields, int Depth, int Arguments, int Directives, int Variables, int Definitions)
{
    /// <summary>Measures in one pass over the document: each fragment is weighed once, however often it is spread.</summary>
    public static DocumentCost Of(GraphQLDocument document)
    {
        var scale = new Scale(document);
        Weight[] weights =
        [
            .. document.Definitions.OfType<GraphQLOperationDefinition>().Select(operation => scale.Weigh(operation.SelectionSet)).ToList(),
            .. document.Definitions.OfType<GraphQLFragmentDefinition>().Select(scale.Unused),
        ];
        var fields = weights.Sum(weight => weight.Fields);
        var depth = weights.Select(weight => weight.Depth).DefaultIfEmpty().Max();
        var census = Census.Of(document);
        return new DocumentCost(fields, depth, census.Arguments, census.Directives, census.Variables, document.Definitions.Count);
    }

    /// <summary>What is over a limit, in words, or null.</summary>
    public string? Excess(GraphQLLimits limits)
        => Over("fields", Fields, limits.MaximumFields)
            ?? Over("fields within one another", Depth, limits.MaximumDepth)
            ?? Over("arguments", Arguments, limits.MaximumArguments)
            ?? Over("directives", Directives, limits.MaximumDefinitions)
            ?? Over("variables", Variables, limits.MaximumDefinitions)
            ?? Over("operations and fragments", Definitions, limits.MaximumDefinitions);

    private static string? Over(string what, long count, int maximum)
        => count <= maximum ? null : FormattableString.Invariant($"The document has {count} {what}; at most {maximum} are allowed.");

    private readonly record struct Weight(long Fields, int Depth);

    /// <summary>Weighs selections. Fields saturate, so that fragments of fragments cannot overflow.</summary>
    private sealed class Scale(GraphQLDocument document)
    {
        private readonly Dictionary<string, GraphQLFragmentDefinition> fragments = document.Definitions.OfType<GraphQLFragmentDefinition>()
            .GroupBy(f => f.FragmentName.Name.StringValue).ToDictionary(g => g.Key, g => g.First());

        private readonly Dictionary<string, Weight> known = [];

        /// <summary>What a fragment weighs that nothing before has spread; nothing otherwise.</summary>
        public Weight Unused(GraphQLFragmentDefinition fragment)
        {
            var name = fragment.FragmentName.Name.StringValue;
            return known.ContainsKey(name) ? default : Spread(name);
        }

        public Weight Weigh(GraphQLSelectionSet? selections)
        {
            long fields = 0;
            var depth = 0;
            foreach (var selection in selections?.Selections ?? [])
            {
                var weight = selection switch
                {
                    GraphQLField field => Field(field),
                    GraphQLInlineFragment inline => Weigh(inline.SelectionSet),
                    GraphQLFragmentSpread spread => Spread(spread.FragmentName.Name.StringValue),
                    _ => default,
                };
                fields = Math.Min(fields + weight.Fields, int.MaxValue);
                depth = Math.Max(depth, weight.Depth);
            }

            return new Weight(fields, depth);
        }

        private Weight Field(GraphQLField field)
        {
            var below = Weigh(field.SelectionSet);
            return new Weight(below.Fields + 1, below.Depth + 1);
        }

        /// <summary>A fragment within itself weighs nothing there; validation refuses it later.</summary>
        private Weight Spread(string name)
        {
            if (known.TryGetValue(name, out var weight) || !fragments.TryGetValue(name, out var fragment))
            {
                return weight;
            }

            known[name] = default;
            return known[name] = Weigh(fragment.SelectionSet);
        }
    }

    /// <summary>Counts what stands in the text of the document.</summary>
    private sealed class Census : ASTVisitor<NullVisitorContext>
    {
        private int arguments;
        private int directives;
        private int variables;

        public static (int Arguments, int Directives, int Variables) Of(GraphQLDocument document)
        {
            var census = new Census();

            // The visitor is asynchronous in form only: without overrides that wait it is complete when it returns.
            var visit = census.VisitAsync(document, default);
            return visit.IsCompletedSuccessfully
                ? (census.arguments, census.directives, census.variables)
                : throw new InvalidOperationException("Visiting a document that is in memory has to wait for nothing.");
        }

        protected override ValueTask VisitArgumentAsync(GraphQLArgument argument, NullVisitorContext context)
        {
            arguments++;
            return default;
        }

        protected override ValueTask VisitDirectiveAsync(GraphQLDirective directive, NullVisitorContext context)
        {
            directives++;
            return base.VisitDirectiveAsync(directive, context);
        }

        protected override ValueTask VisitVariableDefinitionAsync(GraphQLVariableDefinition variableDefinition, NullVisitorContext context)
        {
            variables++;
            return base.VisitVariableDefinitionAsync(variableDefinition, context);
        }
    }
}
