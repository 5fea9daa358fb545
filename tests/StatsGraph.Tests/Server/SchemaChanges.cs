using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace StatsGraph.Tests.Server;

/// <summary>
/// What a change of the schema takes away from clients that were written for it before. What is only added breaks nobody: types, fields,
/// values, arguments and input keys that may be left out, answers that are never null any more, arguments that now may be null.
/// </summary>
internal sealed class SchemaChanges
{
    private readonly List<string> found = [];

    private SchemaChanges()
    {
    }

    /// <summary>One sentence for each change that breaks a client.</summary>
    /// <param name="before">The schema that clients were written for, in the definition language.</param>
    /// <param name="after">The schema as it is now.</param>
    public static IReadOnlyList<string> Breaking(string before, string after)
    {
        var changes = new SchemaChanges();
        changes.Each("", Definitions(before), Definitions(after), changes.Definition);
        return changes.found;
    }

    private static IEnumerable<GraphQLTypeDefinition> Definitions(string schema)
        => Parser.Parse(schema).Definitions.OfType<GraphQLTypeDefinition>();

    private void Definition(string name, GraphQLTypeDefinition before, GraphQLTypeDefinition after)
    {
        switch (before, after)
        {
            case (GraphQLObjectTypeDefinition was, GraphQLObjectTypeDefinition now):
                Names(name, was.Interfaces?.Items.Select(type => type.Name), now.Interfaces?.Items.Select(type => type.Name));
                Each(name + ".", was.Fields?.Items, now.Fields?.Items, Field);
                break;
            case (GraphQLInterfaceTypeDefinition was, GraphQLInterfaceTypeDefinition now):
                Each(name + ".", was.Fields?.Items, now.Fields?.Items, Field);
                break;
            case (GraphQLInputObjectTypeDefinition was, GraphQLInputObjectTypeDefinition now):
                Note(IsOneOf(was) != IsOneOf(now), $"{name} {(IsOneOf(now) ? "takes" : "no longer takes")} exactly one key");
                Inputs(name + ".", was.Fields?.Items, now.Fields?.Items);
                break;
            case (GraphQLEnumTypeDefinition was, GraphQLEnumTypeDefinition now):
                Names(name, was.Values?.Items.Select(value => value.Name), now.Values?.Items.Select(value => value.Name));
                break;
            case (GraphQLUnionTypeDefinition was, GraphQLUnionTypeDefinition now):
                Names(name, was.Types?.Items.Select(type => type.Name), now.Types?.Items.Select(type => type.Name));
                break;
            default:
                Note(before.Kind != after.Kind, $"{name} is another kind of type");
                break;
        }
    }

    private void Field(string name, GraphQLFieldDefinition before, GraphQLFieldDefinition after)
    {
        Note(!IsAtLeast(after.Type, before.Type), $"{name} was {Text(before.Type)} and is {Text(after.Type)}");
        Inputs(name + "/", before.Arguments?.Items, after.Arguments?.Items);
    }

    /// <summary>Compares arguments, or the keys of an input.</summary>
    private void Inputs(string prefix, IReadOnlyList<GraphQLInputValueDefinition>? before, IReadOnlyList<GraphQLInputValueDefinition>? after)
    {
        Each(prefix, before, after, Input);
        foreach (var added in (after ?? []).ExceptBy((before ?? []).Select(Name), Name))
        {
            Note(added is { Type: GraphQLNonNullType, DefaultValue: null }, $"{prefix}{Name(added)} is new and required");
        }
    }

    private void Input(string name, GraphQLInputValueDefinition before, GraphQLInputValueDefinition after)
    {
        Note(!IsAtLeast(before.Type, after.Type), $"{name} took {Text(before.Type)} and takes {Text(after.Type)}");
        Note(Default(before) != Default(after), $"{name} was {Default(before)} by default and is {Default(after)}");
    }

    private void Each<T>(string prefix, IEnumerable<T>? before, IEnumerable<T>? after, Action<string, T, T> compare)
        where T : INamedNode
    {
        var now = (after ?? []).ToDictionary(Name);
        foreach (var was in before ?? [])
        {
            if (now.TryGetValue(Name(was), out var same))
            {
                compare(prefix + Name(was), was, same);
            }
            else
            {
                found.Add($"{prefix}{Name(was)} is gone");
            }
        }
    }

    private void Names(string type, IEnumerable<GraphQLName>? before, IEnumerable<GraphQLName>? after)
        => found.AddRange((before ?? []).Select(name => name.StringValue).Except((after ?? []).Select(name => name.StringValue))
            .Select(name => $"{type}.{name} is gone"));

    private void Note(bool isSo, string change)
    {
        if (isSo)
        {
            found.Add(change);
        }
    }

    /// <summary>Whether whatever is of the one type is also of the other: the same, or never null where the other may be.</summary>
    private static bool IsAtLeast(GraphQLType type, GraphQLType other) => (type, other) switch
    {
        (GraphQLNonNullType strict, GraphQLNonNullType asStrict) => IsAtLeast(strict.Type, asStrict.Type),
        (GraphQLNonNullType strict, _) => IsAtLeast(strict.Type, other),
        (GraphQLListType list, GraphQLListType otherList) => IsAtLeast(list.Type, otherList.Type),
        (GraphQLNamedType name, GraphQLNamedType otherName) => Name(name) == Name(otherName),
        _ => false,
    };

    private static bool IsOneOf(GraphQLInputObjectTypeDefinition input)
        => input.Directives?.Items.Any(directive => Name(directive) == "oneOf") ?? false;

    private static string Name<T>(T node)
        where T : INamedNode
        => node.Name.StringValue;

    private static string Text(GraphQLType type) => type switch
    {
        GraphQLNonNullType strict => Text(strict.Type) + "!",
        GraphQLListType list => $"[{Text(list.Type)}]",
        _ => Name((GraphQLNamedType)type),
    };

    private static string Default(GraphQLInputValueDefinition input)
        => input.DefaultValue is { } value ? new SDLPrinter().Print(value) : "left out";
}
