//! What every type that stands between a reader of serde's and the type that is read has in common.

/// Makes a generic type a reader, visitor, seed and access of serde's that hands everything on to its `inner`, wrapped
/// again by its `over`. What it does besides is in its visits of texts, lists and objects, which are given.
macro_rules! serde_adaptor {
    ($Adaptor:ident { $($visit:item)* }) => {
        impl<'de, D: serde::de::Deserializer<'de>> serde::de::Deserializer<'de> for $Adaptor<'_, D> {
            type Error = D::Error;

            $crate::json::handed_on! { readers
                deserialize_any();
                deserialize_bool();
                deserialize_i8();
                deserialize_i16();
                deserialize_i32();
                deserialize_i64();
                deserialize_u8();
                deserialize_u16();
                deserialize_u32();
                deserialize_u64();
                deserialize_f32();
                deserialize_f64();
                deserialize_char();
                deserialize_str();
                deserialize_string();
                deserialize_bytes();
                deserialize_byte_buf();
                deserialize_option();
                deserialize_unit();
                deserialize_unit_struct(name: &'static str);
                deserialize_newtype_struct(name: &'static str);
                deserialize_seq();
                deserialize_tuple(length: usize);
                deserialize_tuple_struct(name: &'static str, length: usize);
                deserialize_map();
                deserialize_struct(name: &'static str, fields: &'static [&'static str]);
                deserialize_enum(name: &'static str, variants: &'static [&'static str]);
                deserialize_identifier();
                deserialize_ignored_any();
            }
        }

        impl<'de, V: serde::de::Visitor<'de>> serde::de::Visitor<'de> for $Adaptor<'_, V> {
            type Value = V::Value;

            $($visit)*

            $crate::json::handed_on! { values
                visit_bool(bool);
                visit_i64(i64);
                visit_u64(u64);
                visit_f64(f64);
            }

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.inner.expecting(f)
            }

            fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
                self.inner.visit_unit()
            }

            fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
                self.inner.visit_none()
            }

            fn visit_some<D: serde::de::Deserializer<'de>>(self, reader: D) -> Result<V::Value, D::Error> {
                let reader = self.over(reader);
                self.inner.visit_some(reader)
            }

            fn visit_newtype_struct<D: serde::de::Deserializer<'de>>(self, reader: D) -> Result<V::Value, D::Error> {
                let reader = self.over(reader);
                self.inner.visit_newtype_struct(reader)
            }

            fn visit_enum<A: serde::de::EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
                let variant = self.over(variant);
                self.inner.visit_enum(variant)
            }
        }

        impl<'de, S: serde::de::DeserializeSeed<'de>> serde::de::DeserializeSeed<'de> for $Adaptor<'_, S> {
            type Value = S::Value;

            fn deserialize<D: serde::de::Deserializer<'de>>(self, reader: D) -> Result<S::Value, D::Error> {
                let reader = self.over(reader);
                self.inner.deserialize(reader)
            }
        }

        impl<'de, A: serde::de::EnumAccess<'de>> serde::de::EnumAccess<'de> for $Adaptor<'_, A> {
            type Error = A::Error;
            type Variant = A::Variant;

            fn variant_seed<S: serde::de::DeserializeSeed<'de>>(
                self,
                seed: S,
            ) -> Result<(S::Value, A::Variant), A::Error> {
                let seed = self.over(seed);
                self.inner.variant_seed(seed)
            }
        }
    };
}

/// The methods of an adaptor that differ in their names alone.
macro_rules! handed_on {
    (readers $($method:ident($($argument:ident: $kind:ty),*);)*) => {$(
        fn $method<V: serde::de::Visitor<'de>>(self, $($argument: $kind,)* visitor: V) -> Result<V::Value, D::Error> {
            let visitor = self.over(visitor);
            self.inner.$method($($argument,)* visitor)
        }
    )*};
    (values $($method:ident($kind:ty);)*) => {$(
        fn $method<E: serde::de::Error>(self, value: $kind) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )*};
}

pub(crate) use {handed_on, serde_adaptor};
