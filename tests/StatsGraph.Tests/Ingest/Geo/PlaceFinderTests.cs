using System.Net;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Reports;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Ingest.Geo;

public sealed class PlaceFinderTests : IDisposable
{
    private static readonly Dictionary<string, object> London = new()
    {
        ["continent"] = new Dictionary<string, object> { ["code"] = "EU" },
        ["country"] = new Dictionary<string, object> { ["iso_code"] = "GB" },
        ["subdivisions"] = new List<object> { Named("England"), Named("Greater London") },
        ["city"] = Named("London"),
        ["location"] = new Dictionary<string, object> { ["latitude"] = 51.5142, ["longitude"] = -0.0931 },
        ["traits"] = new Dictionary<string, object> { ["autonomous_system_number"] = 20712u, ["autonomous_system_organization"] = "Andrews" },
    };

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_nested_record_is_read()
        => Assert.Equal(
            new Place
            {
                Country = "GB",
                Continent = "EU",
                Region = "England",
                City = "London",
                Latitude = 51.5142,
                Longitude = -0.0931,
                Asn = 20712,
                Network = "Andrews",
            },
            Find(Mmdb("enterprise", ("81.2.69.0/24", London))));

    [Fact]
    public void A_flat_record_is_read()
        => Assert.Equal(
            new Place { Country = "GB", Continent = "EU", Region = "England", City = "London", Latitude = 51.5, Longitude = -0.25 },
            Find(Mmdb("flat", ("81.2.69.0/24", new()
            {
                ["country_code"] = "GB",
                ["state1"] = "England",
                ["state2"] = "Greater London",
                ["city"] = "London",
                ["latitude"] = 51.5,
                ["longitude"] = -0.25,
            }))));

    [Fact]
    public void Files_complement_one_another()
    {
        var country = Mmdb("country", ("81.2.69.0/24", new() { ["country_code"] = "FR" }));
        var otherCity = Mmdb("city", ("81.2.69.0/24", London));
        var city = Mmdb("paris", ("81.2.0.0/16", new() { ["country_code"] = "FR", ["city"] = "Paris" }));
        var asn = Mmdb("asn", ("81.2.69.0/24", new() { ["autonomous_system_number"] = 64500u, ["autonomous_system_organization"] = "Example" }));

        Assert.Equal(
            new Place { Country = "FR", Continent = "EU", City = "Paris", Asn = 20712, Network = "Andrews" },
            Find(country, otherCity, city, asn));
        Assert.Equal(
            new Place { Country = "FR", Continent = "EU", City = "Paris", Asn = 64500, Network = "Example" },
            Find(asn, country, city));
    }

    [Theory]
    [InlineData("ZZ")]
    [InlineData("EU")]
    [InlineData("")]
    public void What_is_no_country_is_unknown(string code)
        => Assert.Equal(Place.Unknown, Find(Mmdb("odd", ("81.2.69.0/24", new() { ["country_code"] = code }))));

    [Fact]
    public void The_country_file_that_ships_with_the_product_is_the_default()
    {
        using var places = new PlaceFinder([]);

        Assert.Equal("GB", places.Find(IPAddress.Parse("81.2.69.160"), out _).Country);
        Assert.Equal("EU", places.Find(IPAddress.Parse("2a02:8109::1"), out _).Continent);
        Assert.Equal(Place.Unknown, places.Find(IPAddress.Parse("127.0.0.1"), out _));
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "geo", "country.LICENSE.txt")));
    }

    [Fact]
    public void A_file_that_is_missing_or_none_is_named()
    {
        var missing = Assert.Throws<IngestException>(() => new PlaceFinder([folder.At("gone.mmdb")]));
        var none = Assert.Throws<IngestException>(() => new PlaceFinder([folder.Write("text.mmdb", "not a database at all")]));
        var empty = Assert.Throws<IngestException>(() => new PlaceFinder([folder.Write("empty.mmdb", "")]));

        Assert.StartsWith($"the geolocation file '{folder.At("gone.mmdb")}' cannot be read: ", missing.Message, StringComparison.Ordinal);
        Assert.StartsWith($"'{folder.At("text.mmdb")}' is no MaxMind database: ", none.Message, StringComparison.Ordinal);
        Assert.StartsWith($"'{folder.At("empty.mmdb")}' is no MaxMind database: ", empty.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_named_and_the_address_is_not()
    {
        var path = Mmdb("damaged", ("81.2.69.0/25", new() { ["country_code"] = "GB" }), ("81.2.69.128/25", new() { ["country_code"] = "FR" }));
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().LastIndexOf("FR"u8) - 1] = 0x5F;
        File.WriteAllBytes(path, bytes);
        using var places = new PlaceFinder([path]);

        var exception = Assert.Throws<IngestException>(() => places.Find(IPAddress.Parse("81.2.69.160"), out _));

        Assert.StartsWith($"the geolocation file '{path}' is damaged: looking an address up failed: ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("81.2.69", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Countries_have_the_same_continent_in_the_lake_and_in_reports()
    {
        string[] codes = ["CC", "IO", "TL", "UM", "DE"];

        Assert.Equal(["AS", "AS", "AS", "OC", "EU"], codes.Select(Continents.Of));
        Assert.Equal(codes.Select(Continents.Of), codes.Select(code => Countries.Find(code)?.Continent));
    }

    [Fact]
    public void Addresses_of_a_network_that_is_cut_finer_are_told_apart()
    {
        using var places = new PlaceFinder([Mmdb("fine", ("81.2.69.0/25", new() { ["country_code"] = "GB" }), ("81.2.69.128/25", new() { ["country_code"] = "FR" }))]);
        var networks = new ClientNetworks(places);
        var clients = new ClientReader(networks);

        var countries = new[] { "81.2.69.1", "81.2.69.200", "81.2.69.2", "::ffff:81.2.69.129", "81.2.70.1", "81.2.69.1" }
            .Select(address => networks.Places[Read(clients, address, out _).Place].Country);

        Assert.Equal(["GB", "FR", "GB", "FR", null, "GB"], countries);
    }

    [Fact]
    public void A_client_is_known_by_its_canonical_address()
    {
        using var places = new PlaceFinder([]);
        var clients = new ClientReader(new ClientNetworks(places));

        Assert.Equal("81.2.69.0", Read(clients, "::ffff:81.2.69.160", out var mapped).Network.Text);
        Assert.Equal("81.2.69.160", mapped);
        Assert.Equal("2a02:8109:1::", Read(clients, "2A02:8109:1:0::5", out var ipv6).Network.Text);
        Assert.Equal("2a02:8109:1::5", ipv6);
        Assert.False(Read(clients, "hash", out _).Network.IsKnown);
    }

    private static LineRow Read(ClientReader clients, string address, out string canonical)
    {
        var row = new LineRow();
        canonical = System.Text.Encoding.ASCII.GetString(clients.Read(SomeLine.Bytes(address), out var ipv4, ref row));
        if (ipv4 is { } number)
            row.Place = clients.PlaceOf(number);
        return row;
    }

    [Fact]
    public void Every_country_has_one_of_seven_continents()
    {
        Assert.Equal(("EU", "NA", "OC", null), (Continents.Of("GB"), Continents.Of("PR"), Continents.Of("GU"), Continents.Of("ZZ")));
    }

    private static Dictionary<string, object> Named(string name)
        => new() { ["names"] = new Dictionary<string, object> { ["de"] = "anders", ["en"] = name } };

    private string Mmdb(string name, params (string, Dictionary<string, object>)[] networks)
    {
        SomeMmdb.Write(folder.At(name + ".mmdb"), name, networks);
        return folder.At(name + ".mmdb");
    }

    private static Place Find(params string[] files)
    {
        using var places = new PlaceFinder(files);
        return places.Find(IPAddress.Parse("81.2.69.160"), out _);
    }
}
