//! The clients of vCenter's APIs against answers that no vCenter should give.

mod roots;
