//! Freeing what the library allocated.

use crate::entry::free;
use crate::memory::{RelightBuffer, RelightIndices, RelightList};

/// Wipes and frees a buffer, and makes it empty. NULL and empty buffers are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_buffer_free(buffer: *mut RelightBuffer) {
    free(buffer);
}

/// Wipes and frees all buffers of a list, and makes it empty. NULL and empty lists are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_list_free(list: *mut RelightList) {
    free(list);
}

/// Frees a list of indices, and makes it empty. NULL and empty lists are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_indices_free(indices: *mut RelightIndices) {
    free(indices);
}
