//! Unsafe code is in one module.

#[test]
fn only_one_module_is_unsafe() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let files = std::fs::read_dir(folder).expect("the sources").map(|entry| entry.expect("an entry").path());
    let unsafe_files = files.filter(|path| {
        let source = std::fs::read_to_string(path).expect("a source");
        source.contains("unsafe {") || source.contains("unsafe impl")
    });
    let names: Vec<_> = unsafe_files.filter_map(|path| Some(path.file_name()?.to_owned())).collect();
    assert_eq!(names, ["memory.rs"]);
}
