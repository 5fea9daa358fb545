using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>How much a document asks for.</summary>
/// <param name="Fields">Fields, those of a fragment counted as often as it is spread, and once where it never is.</param>
/// <param name="Depth">Most fields within one another.</param>
/// <param name="RootFields">Most fields at the root of an operation.</param>
/// <param name="Arguments">Arguments, of fields and directives.</param>
/// <param name="Directives">Directives, anywhere.</param>
/// <param name="Variables">Variables of all operations.</param>
/// <param name="Definitions">Operations and fragments.</param>
internal sealed record DocumentSize(long Fields, int Depth, long RootFields, int Arguments, int Directives, int Variables, int Definitions)
{
    /// <summary>Most directives in one place.</summary>
    public int DirectivesPerLocation { get; init; }

    /// <summary>How large the values and names in the text are.</summary>
    private ValueSize Values { get; init; } = new();

    /// <summary>Whether the counts are the same, as a test may ask: values are not compared.</summary>
    public bool Equals(DocumentSize? other)
        => other is not null
            && (Fields, Depth, RootFields, Arguments, Directives, Variables, Definitions, DirectivesPerLocation).Equals(
                (other.Fields, other.Depth, other.RootFields, other.Arguments, other.Directives, other.Variables, other.Definitions,
                    other.DirectivesPerLocation));

    public override int GetHashCode() => HashCode.Combine(Fields, Depth, RootFields, Arguments, Directives, Variables, Definitions);

    /// <summary>Measures in one pass over the document: each fragment is weighed once, however often it is spread.</summary>
    public static DocumentSize Of(GraphQLDocument document)
    {
        var scale = new Scale(document);
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().Select(o => scale.Weigh(o.SelectionSet)).ToList();
        Weight[] weights = [.. operations, .. document.Definitions.OfType<GraphQLFragmentDefinition>().Select(scale.Unused)];
        var fields = weights.Sum(weight => weight.Fields);
        var depth = weights.Select(weight => weight.Depth).DefaultIfEmpty().Max();
        var rootFields = operations.Select(weight => weight.Width).DefaultIfEmpty().Max();
        var census = Census.Of(document);
        return new DocumentSize(
            fields, depth, rootFields, census.Arguments, census.Directives, census.Variables, document.Definitions.Count)
        {
            DirectivesPerLocation = census.DirectivesPerLocation,
            Values = census.Values,
        };
    }

    /// <summary>What is over a limit, or null.</summary>
    public Excess? Over(GraphQLLimits limits)
        => Over(ErrorCodes.TooManyFields, "fields", Fields, limits.MaximumFields, nameof(limits.MaximumFields))
            ?? Over(ErrorCodes.TooDeep, "fields within one another", Depth, limits.MaximumDepth, nameof(limits.MaximumDepth))
            ?? Over(
                ErrorCodes.TooManyRootFields, "fields at the root of an operation", RootFields, limits.MaximumRootFields,
                nameof(limits.MaximumRootFields))
            ?? Over(ErrorCodes.TooManyArguments, "arguments", Arguments, limits.MaximumArguments, nameof(limits.MaximumArguments))
            ?? Over(
                ErrorCodes.TooManyDirectivesPerLocation, "directives in one place", DirectivesPerLocation,
                limits.MaximumDirectivesPerLocation, nameof(limits.MaximumDirectivesPerLocation))
            ?? Over(ErrorCodes.TooManyDirectives, "directives", Directives, limits.MaximumDefinitions, nameof(limits.MaximumDefinitions))
            ?? Over(ErrorCodes.TooManyVariables, "variables", Variables, limits.MaximumDefinitions, nameof(limits.MaximumDefinitions))
            ?? Over(
                ErrorCodes.TooManyDefinitions, "operations and fragments", Definitions, limits.MaximumDefinitions,
                nameof(limits.MaximumDefinitions))
            ?? Values.Over(limits, "document");

    private static Excess? Over(string code, string what, long count, int limit, string setting)
        => Excess.Of(code, $"The document has {count} {what}", count, limit, setting);

    /// <summary>What selections weigh.</summary>
    /// <param name="Fields">All fields.</param>
    /// <param name="Depth">Most fields within one another.</param>
    /// <param name="Width">Fields side by side, at the top.</param>
    private readonly record struct Weight(long Fields, int Depth, long Width);

    /// <summary>Weighs selections. Fields saturate, so that fragments of fragments cannot overflow.</summary>
    private sealed class Scale(GraphQLDocument document)
    {
        private readonly Dictionary<string, GraphQLFragmentDefinition> fragments = Fragments.ByName(document);

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
            long width = 0;
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
                width = Math.Min(width + weight.Width, int.MaxValue);
                depth = Math.Max(depth, weight.Depth);
            }

            return new Weight(fields, depth, width);
        }

        private Weight Field(GraphQLField field)
        {
            var below = Weigh(field.SelectionSet);
            return new Weight(below.Fields + 1, below.Depth + 1, 1);
        }

        /// <summary>
        /// A fragment within itself, and one that is not there, weigh as one field; validation refuses them later. If they weighed nothing,
        /// fragments that spread one another could double without a limit.
        /// </summary>
        private Weight Spread(string name)
        {
            if (known.TryGetValue(name, out var weight))
            {
                return weight;
            }

            known[name] = new Weight(1, 0, 1);
            if (!fragments.TryGetValue(name, out var fragment))
            {
                return known[name];
            }

            return known[name] = Weigh(fragment.SelectionSet);
        }
    }

    /// <summary>Counts what stands in the text of the document.</summary>
    private sealed class Census : ASTVisitor<NullVisitorContext>
    {
        private Census()
        {
        }

        public int Arguments { get; private set; }

        public int Directives { get; private set; }

        public int DirectivesPerLocation { get; private set; }

        public int Variables { get; private set; }

        public ValueSize Values { get; } = new();

        public static Census Of(GraphQLDocument document)
        {
            var census = new Census();

            // The visitor is asynchronous in form only: without overrides that wait it is complete when it returns.
            var visit = census.VisitAsync(document, default);
            return visit.IsCompletedSuccessfully ? census : throw new InvalidOperationException("Visiting a document that is in memory has to wait for nothing.");
        }

        protected override ValueTask VisitArgumentAsync(GraphQLArgument argument, NullVisitorContext context)
        {
            Arguments++;
            Values.AddText(argument.Name.Value.Length);
            Values.Add(argument.Value);
            return default;
        }

        protected override ValueTask VisitNameAsync(GraphQLName name, NullVisitorContext context)
        {
            Values.AddText(name.Value.Length);
            return default;
        }

        protected override ValueTask VisitDirectivesAsync(GraphQLDirectives directives, NullVisitorContext context)
        {
            DirectivesPerLocation = Math.Max(DirectivesPerLocation, directives.Count);
            return base.VisitDirectivesAsync(directives, context);
        }

        protected override ValueTask VisitDirectiveAsync(GraphQLDirective directive, NullVisitorContext context)
        {
            Directives++;
            return base.VisitDirectiveAsync(directive, context);
        }

        protected override ValueTask VisitVariableDefinitionAsync(GraphQLVariableDefinition variableDefinition, NullVisitorContext context)
        {
            Variables++;
            Values.Add(variableDefinition.DefaultValue);
            return base.VisitVariableDefinitionAsync(variableDefinition, context);
        }
    }
}
