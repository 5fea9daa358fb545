using System.Security.Cryptography;

namespace StatsGraph.Schedules.Deliveries;

/// <summary>
/// A folder. A file appears in it whole or not at all, and takes no other's place: one of the same name that is another stays, and the new one has the
/// beginning of its checksum in its name.
/// </summary>
/// <param name="path">Absolute path; the folder is made where it is missing.</param>
public sealed class FolderTarget(string path) : IDeliveryTarget
{
    private const int DigitsInName = 12;

    /// <inheritdoc/>
    public string Kind => "folder";

    /// <inheritdoc/>
    public string Address => path;

    /// <inheritdoc/>
    public async Task DeliverAsync(Delivery delivery, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(path);
            foreach (var file in delivery.Files)
            {
                if (await TryPutAsync(file.Name, file, cancellation))
                    continue;
                var other = $"{Path.GetFileNameWithoutExtension(file.Name)}_{file.Sha256[..DigitsInName]}{Path.GetExtension(file.Name)}";
                if (!await TryPutAsync(other, file, cancellation))
                    throw new ScheduleException($"{Path.Combine(path, other)}: there is another file of that name; it is left as it is");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ScheduleException($"{path}: {failure.Message}", failure);
        }
    }

    /// <summary>Puts a file under a name; false when another file has it.</summary>
    private async Task<bool> TryPutAsync(string name, DeliveredFile file, CancellationToken cancellation)
    {
        var place = Path.Combine(path, name);
        if (File.Exists(place))
            return await IsSameAsync(place, file, cancellation);
        var hidden = Path.Combine(path, $".{name}.{Guid.NewGuid():N}.tmp");
        try
        {
            await using (var stream = new FileStream(hidden, FileMode.CreateNew, FileAccess.Write))
            {
                await stream.WriteAsync(file.Content, cancellation);
                stream.Flush(flushToDisk: true);
            }

            File.Move(hidden, place, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(place))
        {
            return await IsSameAsync(place, file, cancellation);
        }
        finally
        {
            File.Delete(hidden);
        }
    }

    private static async Task<bool> IsSameAsync(string place, DeliveredFile file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(place);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)) == file.Sha256;
    }
}
