namespace Ccn.Host.Demo;

/// <summary>What a category's designs are printed on, in the words of suppliers and of Amazon.</summary>
/// <param name="Noun">As it ends an offer's title.</param>
/// <param name="Specification">What a request for quotation says of it.</param>
/// <param name="Material">A bullet point of the offer.</param>
/// <param name="AmazonType">Product type at Amazon.</param>
internal sealed record DemoProduct(string Category, string Noun, string Specification, string Material, string AmazonType)
{
    public const string Mugs = "mugs";

    public static IReadOnlyList<DemoProduct> All { get; } =
    [
        new("t-shirts", "T-Shirt", "T-shirt, 180 g/m² combed cotton, DTG print front 30 x 40 cm, sizes S to XL, polybag each.", "180 g/m² combed cotton", "SHIRT"),
        new(Mugs, "Mug", "Mug, 330 ml white stoneware, sublimation print all around, dishwasher-safe to EN 12875, box each.", "330 ml stoneware, dishwasher-safe", "DRINKING_CUP"),
        new("lighting", "Table Lamp", "Table lamp, E14, cotton shade of 25 cm and base of 30 cm both printed, UL-listed cord of 1.5 m, box each.", "Printed cotton shade, E14 bulb not included", "LAMP"),
        new("home", "Vase", "Vase, glazed stoneware, 24 cm, decal fired at 800 °C, watertight, drop-tested box each.", "Glazed stoneware, 24 cm, watertight", "VASE"),
        new("tote bags", "Tote Bag", "Tote bag, 280 g/m² cotton canvas, 38 x 42 cm, screen print on both sides, long handles, polybag of ten.", "280 g/m² cotton canvas, long handles", "HANDBAG"),
        new("cushions", "Cushion Cover", "Cushion cover, 45 x 45 cm, cotton panama, digital print on both sides, hidden zip, polybag each.", "Cotton panama, 45 x 45 cm, hidden zip", "PILLOW"),
    ];

    public static DemoProduct Of(string category) => All.First(product => product.Category == category);
}
