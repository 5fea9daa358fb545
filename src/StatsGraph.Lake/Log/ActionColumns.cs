using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Lake.Log;

/// <summary>Turns actions into the nested columns of a checkpoint: a row an action, null in every column of another action.</summary>
internal sealed class ActionColumns(IReadOnlyList<LogAction> actions)
{
    private static readonly MapType TextMap =
        new(new Field("key", StringType.Default, nullable: false), new Field("value", StringType.Default, nullable: true));

    private static readonly Field TextElement = new("element", StringType.Default, nullable: true);

    public IArrowArray Texts<T>(Func<T, string?> value)
        where T : LogAction
    {
        var builder = new StringArray.Builder();
        foreach (var action in actions)
            builder.Append(action is T typed ? value(typed) : null);
        return builder.Build();
    }

    public IArrowArray Longs<T>(Func<T, long?> value)
        where T : LogAction
    {
        var builder = new Int64Array.Builder();
        foreach (var action in actions)
            builder.Append(action is T typed ? value(typed) : null);
        return builder.Build();
    }

    public IArrowArray Integers<T>(Func<T, int?> value)
        where T : LogAction
    {
        var builder = new Int32Array.Builder();
        foreach (var action in actions)
            builder.Append(action is T typed ? value(typed) : null);
        return builder.Build();
    }

    public IArrowArray Booleans<T>(Func<T, bool> value)
        where T : LogAction
    {
        var builder = new BooleanArray.Builder();
        foreach (var action in actions)
        {
            if (action is T typed)
                builder.Append(value(typed));
            else
                builder.AppendNull();
        }
        return builder.Build();
    }

    public IArrowArray Maps<T>(Func<T, IReadOnlyDictionary<string, string?>?> value)
        where T : LogAction
    {
        var builder = new MapArray.Builder(TextMap);
        var (keys, values) = ((StringArray.Builder)builder.KeyBuilder, (StringArray.Builder)builder.ValueBuilder);
        foreach (var action in actions)
        {
            if (action is not T typed || value(typed) is not { } map)
            {
                builder.AppendNull();
                continue;
            }
            builder.Append();
            foreach (var entry in map)
            {
                keys.Append(entry.Key);
                values.Append(entry.Value);
            }
        }
        return builder.Build();
    }

    public IArrowArray Lists<T>(Func<T, IReadOnlyList<string>> value)
        where T : LogAction
    {
        var builder = new ListArray.Builder(TextElement);
        var texts = (StringArray.Builder)builder.ValueBuilder;
        foreach (var action in actions)
        {
            if (action is not T typed)
            {
                builder.AppendNull();
                continue;
            }
            builder.Append();
            texts.AppendRange(value(typed));
        }
        return builder.Build();
    }

    /// <summary>A struct that is null where the action is another one.</summary>
    public IArrowArray Struct<T>(params ReadOnlySpan<(string Name, IArrowArray Values)> children)
        where T : LogAction
    {
        var present = new ArrowBuffer.BitmapBuilder();
        foreach (var action in actions)
            present.Append(action is T);

        var fields = new List<Field>();
        var arrays = new List<IArrowArray>();
        foreach (var (name, values) in children)
        {
            fields.Add(new Field(name, values.Data.DataType, nullable: true));
            arrays.Add(values);
        }
        return new StructArray(new StructType(fields), actions.Count, arrays, present.Build(), actions.Count(action => action is not T));
    }
}
