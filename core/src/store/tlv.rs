//! Just enough DER to walk into a container: tag, length, content.

/// One element: its tag byte, its content and all its bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    pub(super) whole: &'a [u8],
}

pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;

/// The first element of `bytes` and what follows it; `None` when the bytes do not hold a whole one.
pub(super) fn first(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let [tag, length, after @ ..] = bytes else { return None };
    let (length, after) = match length {
        short @ 0..=0x7f => (usize::from(*short), after),
        // The lengths of containers of at most 4 GiB. 0x80, the indefinite length of BER, is not DER.
        long @ 0x81..=0x84 => {
            let (digits, after) = after.split_at_checked(usize::from(long & 0x7f))?;
            let length =
                digits.iter().try_fold(0_usize, |sum, digit| Some(sum.checked_mul(256)? + usize::from(*digit)));
            (length?, after)
        }
        _ => return None,
    };
    let (content, rest) = after.split_at_checked(length)?;
    Some((Element { tag: *tag, content, whole: &bytes[..bytes.len() - rest.len()] }, rest))
}

/// The first element when it has this tag, and what follows it.
pub(super) fn tagged(bytes: &[u8], tag: u8) -> Option<(Element<'_>, &[u8])> {
    first(bytes).filter(|(element, _)| element.tag == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_every_form_read_and_cut_ones_do_not() {
        let mut long = vec![SEQUENCE, 0x82, 0x01, 0x00];
        long.extend([7; 256]);
        long.push(9);
        let (element, rest) = first(&long).expect("whole");
        assert_eq!((element.content.len(), rest), (256, &[9_u8][..]));
        assert!(first(&long[..100]).is_none());
        assert!(first(&[SEQUENCE, 0x80, 0, 0]).is_none());
        assert!(first(&[SEQUENCE, 0x84, 0xff, 0xff, 0xff, 0xff]).is_none());
    }
}
