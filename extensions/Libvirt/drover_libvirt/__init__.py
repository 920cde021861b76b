"""Virtual machines of libvirt, by virsh and a connection URI."""
