using System.Runtime.InteropServices;
using System.Text.Json;
using GraphQLParser.AST;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>How large values are: those of arguments, and those of variables, which are measured alike.</summary>
internal sealed class ValueSize
{
    private int longestList;
    private int longestText;
    private int values;
    private int depth;

    /// <summary>Measures the values of an object, each by itself.</summary>
    public static ValueSize Of(JsonElement variables)
    {
        var size = new ValueSize();
        if (variables.ValueKind == JsonValueKind.Object)
        {
            size.AddMembers(variables, within: 0);
        }

        return size;
    }

    /// <summary>What is over a limit, or null.</summary>
    /// <param name="limits">What is allowed.</param>
    /// <param name="place">Whose values these are: <c>document</c> or <c>variables</c>.</param>
    public Excess? Over(GraphQLLimits limits, string place)
        => Excess.Of(
                ErrorCodes.TextTooLong, $"A name, text or number in the {place} has {longestText} characters", longestText,
                limits.MaximumTextLength, nameof(limits.MaximumTextLength))
            ?? Excess.Of(
                ErrorCodes.ValueTooDeep, $"A value in the {place} has {depth} lists and objects within one another", depth,
                limits.MaximumValueDepth, nameof(limits.MaximumValueDepth))
            ?? Excess.Of(
                ErrorCodes.ListTooLong, $"A list in the {place} has {longestList} items", longestList,
                limits.MaximumListItems, nameof(limits.MaximumListItems))
            ?? Excess.Of(
                ErrorCodes.TooManyValues, $"Lists and objects in the {place} have {values} items and fields", values,
                limits.MaximumValues, nameof(limits.MaximumValues));

    /// <summary>Adds a name.</summary>
    public void AddText(int length) => longestText = Math.Max(longestText, length);

    /// <summary>Adds a value of the document. The parser bounds how deep it is.</summary>
    public void Add(GraphQLValue? value) => Add(value, within: 0);

    private void Add(GraphQLValue? value, int within)
    {
        switch (value)
        {
            case GraphQLListValue list:
                Enter(within);
                longestList = Math.Max(longestList, list.Values?.Count ?? 0);
                foreach (var item in list.Values ?? [])
                {
                    values++;
                    Add(item, within + 1);
                }

                break;
            case GraphQLObjectValue all:
                Enter(within);
                foreach (var field in all.Fields ?? [])
                {
                    values++;
                    AddText(field.Name.Value.Length);
                    Add(field.Value, within + 1);
                }

                break;
            case GraphQLVariable variable:
                AddText(variable.Name.Value.Length);
                break;
            case IHasValueNode leaf:
                AddText(leaf.Value.Length);
                break;
            case GraphQLEnumValue word:
                AddText(word.Name.Value.Length);
                break;
        }
    }

    /// <summary>Adds a value of the variables. The reader of JSON bounds how deep it is.</summary>
    private void Add(JsonElement value, int within)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                Enter(within);
                longestList = Math.Max(longestList, value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    values++;
                    Add(item, within + 1);
                }

                break;
            case JsonValueKind.Object:
                Enter(within);
                AddMembers(value, within + 1);
                break;
            case JsonValueKind.String:
                AddText(value.GetString()!.Length);
                break;
            case JsonValueKind.Number:
                AddText(JsonMarshal.GetRawUtf8Value(value).Length);
                break;
        }
    }

    private void AddMembers(JsonElement all, int within)
    {
        foreach (var member in all.EnumerateObject())
        {
            values++;
            AddText(member.Name.Length);
            Add(member.Value, within);
        }
    }

    private void Enter(int within) => depth = Math.Max(depth, within + 1);
}
