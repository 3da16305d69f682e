using System.Buffers.Binary;
using System.Text.Json;

namespace Ccn.Host.Demo;

/// <summary>A mug with a picture printed around it, as binary glTF: made by calculation, so that the demo needs nobody's model. In metres, standing on the ground.</summary>
internal static class MugModel
{
    private const int Around = 64;
    private const float Radius = 0.041f, Wall = 0.004f, Height = 0.095f, Floor = 0.006f, GripRadius = 0.030f, GripThickness = 0.006f;

    /// <param name="webp">The picture.</param>
    public static byte[] Make(byte[] webp)
    {
        var print = new Shape();
        print.Turn(Around, [(Radius, 0), (Radius, Height)], wrap: true);
        var clay = new Shape();
        clay.Turn(Around, [(0, 0), (Radius, 0)]);
        clay.Turn(Around, [(Radius, Height), (Radius - Wall, Height)]);
        clay.Turn(Around, [(Radius - Wall, Height), (Radius - Wall, Floor)]);
        clay.Turn(Around, [(Radius - Wall, Floor), (0, Floor)]);
        clay.Grip();
        return Pack(print, clay, webp);
    }

    private static byte[] Pack(Shape print, Shape clay, byte[] webp)
    {
        var binary = new MemoryStream();
        var views = new List<object>();
        int View(byte[] bytes, int? target)
        {
            while (binary.Length % 4 != 0) { binary.WriteByte(0); }

            views.Add(target is { } kind ? new { buffer = 0, byteOffset = binary.Length, byteLength = bytes.Length, target = kind } : new { buffer = 0, byteOffset = binary.Length, byteLength = bytes.Length });
            binary.Write(bytes);
            return views.Count - 1;
        }

        var accessors = new List<object>();
        object Mesh(Shape shape, int material)
        {
            accessors.Add(new { bufferView = View(Bytes(shape.Positions), 34962), componentType = 5126, count = shape.Count, type = "VEC3", min = shape.Corner(MathF.Min), max = shape.Corner(MathF.Max) });
            accessors.Add(new { bufferView = View(Bytes(shape.Normals), 34962), componentType = 5126, count = shape.Count, type = "VEC3" });
            accessors.Add(new { bufferView = View(Bytes(shape.Uvs), 34962), componentType = 5126, count = shape.Count, type = "VEC2" });
            accessors.Add(new { bufferView = View(Bytes(shape.Triangles), 34963), componentType = 5125, count = shape.Triangles.Count, type = "SCALAR" });
            var first = accessors.Count - 4;
            return new { primitives = new[] { new { attributes = new { POSITION = first, NORMAL = first + 1, TEXCOORD_0 = first + 2 }, indices = first + 3, material } } };
        }

        object[] meshes = [Mesh(print, 0), Mesh(clay, 1)];
        var picture = View(webp, null);
        while (binary.Length % 4 != 0) { binary.WriteByte(0); }

        return Chunks(JsonSerializer.SerializeToUtf8Bytes(new
        {
            asset = new { version = "2.0", generator = "CCN demo" },
            extensionsUsed = new[] { "EXT_texture_webp" },
            extensionsRequired = new[] { "EXT_texture_webp" },
            scene = 0,
            scenes = new[] { new { nodes = new[] { 0, 1 } } },
            nodes = new[] { new { mesh = 0 }, new { mesh = 1 } },
            meshes,
            materials = new object[]
            {
                new { name = "print", pbrMetallicRoughness = new { baseColorTexture = new { index = 0 }, metallicFactor = 0, roughnessFactor = 0.35 } },
                new { name = "clay", doubleSided = true, pbrMetallicRoughness = new { baseColorFactor = new[] { 0.96, 0.95, 0.92, 1 }, metallicFactor = 0, roughnessFactor = 0.3 } },
            },
            textures = new[] { new Dictionary<string, object>(StringComparer.Ordinal) { ["extensions"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["EXT_texture_webp"] = new { source = 0 } }, ["sampler"] = 0 } },
            samplers = new[] { new { wrapS = 10497, wrapT = 33071 } },
            images = new[] { new { mimeType = "image/webp", bufferView = picture } },
            accessors,
            bufferViews = views,
            buffers = new[] { new { byteLength = binary.Length } },
        }), binary.ToArray());
    }

    private static byte[] Chunks(byte[] json, byte[] binary)
    {
        var padded = json.Length + ((4 - (json.Length % 4)) % 4);
        var file = new byte[28 + padded + binary.Length];
        void Number(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
        "glTF"u8.CopyTo(file);
        Number(4, 2);
        Number(8, file.Length);
        Number(12, padded);
        "JSON"u8.CopyTo(file.AsSpan(16));
        json.CopyTo(file, 20);
        file.AsSpan(20 + json.Length, padded - json.Length).Fill((byte)' ');
        Number(20 + padded, binary.Length);
        "BIN\0"u8.CopyTo(file.AsSpan(24 + padded));
        binary.CopyTo(file, 28 + padded);
        return file;
    }

    private static byte[] Bytes(List<float> values)
    {
        var bytes = new byte[values.Count * 4];
        for (var place = 0; place < values.Count; place++) { BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(place * 4), values[place]); }

        return bytes;
    }

    private static byte[] Bytes(List<uint> values)
    {
        var bytes = new byte[values.Count * 4];
        for (var place = 0; place < values.Count; place++) { BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(place * 4), values[place]); }

        return bytes;
    }

    /// <summary>Corners and triangles while they are collected.</summary>
    private sealed class Shape
    {
        public List<float> Positions { get; } = [];
        public List<float> Normals { get; } = [];
        public List<float> Uvs { get; } = [];
        public List<uint> Triangles { get; } = [];
        public int Count => Positions.Count / 3;

        public float[] Corner(Func<float, float, float> pick) =>
            [.. Enumerable.Range(0, 3).Select(axis => Positions.Where((_, place) => place % 3 == axis).Aggregate(pick))];

        /// <summary>A line turned around the upright axis; its outside lies to the right of its direction.</summary>
        /// <param name="wrap">With the picture laid around twice.</param>
        public void Turn(int around, ReadOnlySpan<(float Radius, float Y)> line, bool wrap = false)
        {
            var (from, to) = (line[0], line[1]);
            var (across, up) = (to.Y - from.Y, from.Radius - to.Radius);
            var length = MathF.Sqrt((across * across) + (up * up));
            var first = (uint)Count;
            for (var step = 0; step <= around; step++)
            {
                var (sin, cos) = MathF.SinCos(MathF.Tau * step / around);
                foreach (var (radius, y, v) in new[] { (from.Radius, from.Y, 1f), (to.Radius, to.Y, 0f) })
                {
                    Add(radius * sin, y, radius * cos, across / length * sin, up / length, across / length * cos, wrap ? 2f * step / around : 0, v);
                }
            }

            for (var step = 0u; step < around; step++)
            {
                var corner = first + (step * 2);
                Triangles.AddRange([corner, corner + 2, corner + 1, corner + 1, corner + 2, corner + 3]);
            }
        }

        /// <summary>Half a ring at the side.</summary>
        public void Grip()
        {
            const int along = 24, round = 12;
            var first = (uint)Count;
            for (var step = 0; step <= along; step++)
            {
                var (rise, reach) = MathF.SinCos((MathF.PI * step / along) - (MathF.PI / 2));
                for (var turn = 0; turn <= round; turn++)
                {
                    var (side, outward) = MathF.SinCos(MathF.Tau * turn / round);
                    var ring = GripRadius + (GripThickness * outward);
                    Add(Radius - 0.002f + (ring * reach), (Height / 2) + (ring * rise), GripThickness * side, outward * reach, outward * rise, side, 0, 0);
                }
            }

            for (var step = 0u; step < along; step++)
            {
                for (var turn = 0u; turn < round; turn++)
                {
                    var corner = first + (step * (round + 1)) + turn;
                    Triangles.AddRange([corner, corner + round + 1, corner + 1, corner + 1, corner + round + 1, corner + round + 2]);
                }
            }
        }

        private void Add(float x, float y, float z, float nx, float ny, float nz, float u, float v)
        {
            Positions.AddRange([x, y, z]);
            Normals.AddRange([nx, ny, nz]);
            Uvs.AddRange([u, v]);
        }
    }
}
