namespace StatsGraph.Schedules.Deliveries;

/// <summary>Where the files of a run go.</summary>
public interface IDeliveryTarget
{
    /// <summary>What kind of place it is, in one word: it names the target among those of its schedule.</summary>
    string Kind { get; }

    /// <summary>The place as it may be shown: without anything that is secret.</summary>
    string Address { get; }

    /// <summary>Delivers. Something that was delivered already, by its <see cref="Delivery.Id"/> or its content, does no harm.</summary>
    /// <exception cref="ScheduleException">It did not succeed. The message holds no secret.</exception>
    Task DeliverAsync(Delivery delivery, CancellationToken cancellation);
}

/// <summary>What is delivered.</summary>
/// <param name="Id">32 hexadecimal digits: the same whenever, and by whomever, this run is delivered to this target.</param>
/// <param name="Schedule">Name of the schedule.</param>
/// <param name="Site">Key of the site; null for a document of all sites.</param>
/// <param name="Period">Name of the period.</param>
/// <param name="Due">When the run was due, UTC.</param>
/// <param name="MadeAt">When the files were made, UTC.</param>
/// <param name="Title">Headline, for people.</param>
/// <param name="Summary">What a reader has to know, in sentences.</param>
/// <param name="Files">The files.</param>
public sealed record Delivery(
    string Id, string Schedule, string? Site, string Period, DateTimeOffset Due, DateTimeOffset MadeAt, string Title, IReadOnlyList<string> Summary,
    IReadOnlyList<DeliveredFile> Files);

/// <summary>A file that is delivered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">What it is, as HTTP and e-mail name it.</param>
/// <param name="Content">All of it.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
public sealed record DeliveredFile(string Name, string MediaType, ReadOnlyMemory<byte> Content, string Sha256);
